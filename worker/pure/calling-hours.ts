import { clockIn } from "./zones";

/** Hours within a day of 1,440 minutes, from `startMinute` up to and without `endMinute`. */
export interface Hours {
	startMinute: number;
	endMinute: number;
}

/** When somebody may be called: on these weekdays, within both pairs of hours, in every zone where the phone may be. */
export interface CallingHours {
	/** IANA zones joined by "|". All must be open at once; "" (nobody can tell) and unknown zones are never open. */
	zones: string;
	/** What the campaign wants. */
	window: Window;
	/** What the law leaves of it. */
	legal: Hours;
	/** The moment to look from, in Unix milliseconds. */
	from: number;
}

/** `days`: ISO weekdays, Monday is "1". `holidays`: days of the zone's own calendar ("2026-12-25") on which nobody is called. */
export interface Window extends Hours {
	days: string;
	holidays?: readonly string[];
	/** No hours are open from this moment on. */
	until?: number;
}

export interface Stretch {
	start: number;
	end: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Hours that are not open within so many days count as never, and so many weeks more as there are holidays: each may be the one open day of its week. */
const HORIZON_DAYS = 8;

/** The first moment at or after `from` at which the hours are open in all of the zones at once; null when that is not within 8 days. */
export function nextOpening(hours: CallingHours): number | null {
	return openStretch(hours)?.start ?? null;
}

export function isOpen(hours: CallingHours): boolean {
	return openStretch(hours)?.start === hours.from;
}

/** When the hours that are open at `from` close; null when they are closed already. Hours that never close do so after 8 days. */
export function closesAt(hours: CallingHours): number | null {
	const open = openStretch(hours);
	return open?.start === hours.from ? open.end : null;
}

function openStretch(hours: CallingHours): Stretch | null {
	const { from, window } = hours;
	const near = openBetween(hours, from + HORIZON_DAYS * DAY)[0];
	if (near || !window.holidays?.length) return near ?? null;
	return openBetween(hours, from + (HORIZON_DAYS + 7 * window.holidays.length) * DAY)[0] ?? null;
}

/** When the hours are open in all of the zones at once, from `from` up to `to`, in order. */
export function openBetween({ zones, window, legal, from }: CallingHours, to: number): Stretch[] {
	const daily: Window = {
		...window,
		startMinute: Math.max(window.startMinute, legal.startMinute, 0),
		endMinute: Math.min(window.endMinute, legal.endMinute, 1_440),
	};
	const end = Math.min(to, window.until ?? to);
	if (zones === "" || daily.startMinute >= daily.endMinute || end <= from) return [];
	let open: Stretch[] = [{ start: from, end }];
	for (const zone of zones.split("|")) {
		open = shared(open, openIn(zone, daily, from, end));
		if (open.length === 0) return [];
	}
	return open;
}

/** When the hours are open in one zone between two moments, in order, neighbours joined. */
function openIn(zone: string, { startMinute, endMinute, days, holidays }: Window, from: number, to: number): Stretch[] {
	const open: Stretch[] = [];
	for (const { start, end, offset } of evenStretches(zone, from, to)) {
		// Within a stretch of one offset, local time is plain arithmetic: days begin at multiples of DAY.
		for (let midnight = floorTo(start + offset, DAY); midnight < end + offset; midnight += DAY) {
			if (!days.includes(isoWeekday(midnight)) || isHoliday(midnight, holidays)) continue;
			const opens = Math.max(midnight + startMinute * MINUTE - offset, start);
			const closes = Math.min(midnight + endMinute * MINUTE - offset, end);
			if (opens >= closes) continue;
			const before = open.at(-1);
			if (before?.end === opens) before.end = closes;
			else open.push({ start: opens, end: closes });
		}
	}
	return open;
}

const isHoliday = (midnight: number, holidays: readonly string[] = []) =>
	holidays.length > 0 && holidays.includes(new Date(midnight).toISOString().slice(0, 10));

/** The moments in both of two ordered lists. */
function shared(left: Stretch[], right: Stretch[]): Stretch[] {
	const both: Stretch[] = [];
	let l = 0;
	let r = 0;
	for (;;) {
		const a = left[l];
		const b = right[r];
		if (!a || !b) return both;
		const start = Math.max(a.start, b.start);
		const end = Math.min(a.end, b.end);
		if (start < end) both.push({ start, end });
		if (a.end < b.end) l++;
		else r++;
	}
}

/** The time between two moments, cut where the zone changes its offset from UTC. */
function evenStretches(zone: string, from: number, to: number): (Stretch & { offset: number })[] {
	const stretches: (Stretch & { offset: number })[] = [];
	for (let day = floorTo(from, DAY); day < to; day += DAY)
		for (const { start, end, offset } of offsetsOfDay(zone, day)) {
			const before = stretches.at(-1);
			if (before?.offset === offset) before.end = Math.min(end, to);
			else if (end > from && start < to)
				stretches.push({ start: Math.max(start, from), end: Math.min(end, to), offset });
		}
	return stretches;
}

const offsets = new Map<string, (Stretch & { offset: number })[]>();
const MOST_CACHED_DAYS = 20_000;

/** The offsets of one UTC day, which is cut in two when the zone changes in it. Empty for an unknown zone. */
function offsetsOfDay(zone: string, day: number): (Stretch & { offset: number })[] {
	const key = `${zone}${day}`;
	let found = offsets.get(key);
	if (!found) {
		if (offsets.size >= MOST_CACHED_DAYS) offsets.clear();
		found = readOffsets(zone, day);
		offsets.set(key, found);
	}
	return found;
}

function readOffsets(zone: string, day: number): (Stretch & { offset: number })[] {
	const before = offsetAt(zone, day);
	const after = offsetAt(zone, day + DAY);
	if (before === null || after === null) return [];
	if (before === after) return [{ start: day, end: day + DAY, offset: before }];
	let low = day;
	let high = day + DAY;
	while (high - low > 1_000) {
		const middle = floorTo((low + high) / 2, 1_000);
		if (offsetAt(zone, middle) === before) low = middle;
		else high = middle;
	}
	return [
		{ start: day, end: high, offset: before },
		{ start: high, end: day + DAY, offset: after },
	];
}

/** Milliseconds that the zone's clocks are ahead of UTC; null for a zone that nobody knows. */
export function offsetAt(zone: string, moment: number): number | null {
	const told = clockIn(zone)?.format(moment);
	if (told === undefined) return null;
	const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(told) ?? [];
	const ahead = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
	return sign === "-" ? -ahead : ahead;
}

const floorTo = (value: number, step: number) => Math.floor(value / step) * step;

// 1 January 1970 was a Thursday.
const isoWeekday = (midnight: number) => String(((((midnight / DAY + 3) % 7) + 7) % 7) + 1);
