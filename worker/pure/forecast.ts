/** People who can be called at the same times. */
export interface Group {
	people: number;
	/** When they may be called, in order, as Unix milliseconds. */
	open: { start: number; end: number }[];
}

export interface Forecast {
	/** When the last of them has been called; null when somebody is left at the end. */
	finishesAt: number | null;
	/** People of each group who are not called: their hours, or the time looked at, end before. */
	left: number[];
	/** Per group the calls of each hour after `from`. */
	calls: number[][];
}

const HOUR = 3_600_000;

/**
 * How calls at a steady rate spread over groups whose hours differ: all that are open at a moment share the rate by how many of each
 * are left, as a dialer does that takes the next who is due. `hours`: how many hours after `from` are told one by one.
 */
export function forecast(
	groups: Group[],
	{ rate, from, hours }: { rate: number; from: number; hours: number },
): Forecast {
	const left = groups.map(({ people }) => people);
	const calls = groups.map(() => new Array<number>(hours).fill(0));
	let finishesAt = from;
	for (const [start, end] of neighbours(edges(groups, from, hours))) {
		const open = groups.flatMap((group, at) => ((left[at] ?? 0) > 0 && isOpen(group, start) ? [at] : []));
		const wanting = open.reduce((sum, at) => sum + (left[at] ?? 0), 0);
		if (wanting === 0) continue;
		const served = Math.min(wanting, (rate * (end - start)) / 1000);
		const hour = Math.floor((start - from) / HOUR);
		for (const at of open) {
			const own = ((left[at] ?? 0) * served) / wanting;
			left[at] = (left[at] ?? 0) - own;
			const row = calls[at];
			if (row && hour < hours) row[hour] = (row[hour] ?? 0) + own;
		}
		finishesAt = Math.min(end, start + (1000 * served) / rate);
		if (left.every((people) => people < 0.5)) break;
	}
	const rest = left.map((people) => Math.round(people));
	return { finishesAt: rest.every((people) => people === 0) ? Math.ceil(finishesAt) : null, left: rest, calls };
}

/** Every moment at which something opens, closes or is counted anew, in order. */
function edges(groups: Group[], from: number, hours: number): number[] {
	const moments = new Set<number>();
	for (let hour = 0; hour <= hours; hour++) moments.add(from + hour * HOUR);
	for (const { open } of groups)
		for (const { start, end } of open) {
			moments.add(Math.max(from, start));
			moments.add(Math.max(from, end));
		}
	return [...moments].sort((one, other) => one - other);
}

const neighbours = (moments: number[]) =>
	moments.slice(1).map((end, at): [number, number] => [moments[at] ?? end, end]);

const isOpen = ({ open }: Group, moment: number) => open.some(({ start, end }) => start <= moment && moment < end);
