/** The moment `count` calendar months (UTC) after `start`; where that month is too short, its last day. */
export function addMonths(start: number, count: number): number {
	const from = new Date(start);
	const to = new Date(start);
	to.setUTCDate(1);
	to.setUTCMonth(from.getUTCMonth() + count);
	const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
	to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
	return to.getTime();
}

/** The first monthly anniversary of `start` that lies after `moment`. */
export function anniversaryAfter(start: number, moment: number): number {
	const [a, b] = [new Date(start), new Date(moment)];
	const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
	const near = addMonths(start, Math.max(1, months));
	return near > moment ? near : addMonths(start, months + 1);
}
