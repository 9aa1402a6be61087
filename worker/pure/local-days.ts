import { clockIn } from "./zones";

const DAY_MS = 86_400_000;
const BLOCK_MS = 7 * DAY_MS;
const QUARTER_MS = 900_000;

export interface LocalDay {
	/** 2026-11-21 */
	date: string;
	/** When it begins, in Unix milliseconds: a whole quarter of an hour, as all zones' offsets are since 1972. */
	start: number;
}

/** The date that comes so many days after another. */
export function dateAfter(date: string, days: number): string {
	return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days there are from one date to another, both counted. Below 1: out of order. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** The local days from one date to another, and the day after, at whose beginning the last one ends. */
export function localDays(zone: string, from: string, to: string): LocalDay[] {
	const offsetAt = offsets(zone, Date.parse(from) - 2 * DAY_MS);
	return Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => {
		const date = dateAfter(from, n);
		return { date, start: startOf(date, offsetAt) };
	});
}

export type Step = "day" | "week" | "month";

/** Whether a date begins a step: every day does, Mondays begin weeks, firsts begin months. */
export function begins(step: Step, date: string): boolean {
	if (step === "day") return true;
	return step === "month" ? date.endsWith("-01") : new Date(date).getUTCDay() === 1;
}

/** When the clocks first show a date. Its midnight may be there twice, or not at all. */
function startOf(date: string, offsetAt: (moment: number) => number): number {
	const midnight = Date.parse(date);
	const [first, second] = [offsetAt(midnight - DAY_MS), offsetAt(midnight + DAY_MS)];
	if (first === second) return midnight - first;
	const shows = (moment: number) => new Date(moment + offsetAt(moment)).toISOString().startsWith(date);
	const earlier = midnight - Math.max(first, second);
	return shows(earlier) ? earlier : midnight - Math.min(first, second);
}

/** The local date at a moment. */
export function dateAt(zone: string, moment: number): string {
	return new Date(moment + offsetOf(zone, moment)).toISOString().slice(0, 10);
}

/** Offsets of a zone in order of time; whole weeks without a change are asked for once, as asking takes a while. */
function offsets(zone: string, start: number): (moment: number) => number {
	const known = new Map<number, number>();
	const at = (moment: number): number => {
		const found = known.get(moment) ?? offsetOf(zone, moment);
		known.set(moment, found);
		return found;
	};
	return (moment) => {
		const begin = start + Math.floor((moment - start) / BLOCK_MS) * BLOCK_MS;
		return at(begin) === at(begin + BLOCK_MS) ? at(begin) : offsetOf(zone, moment);
	};
}

/** A zone's offset from UTC at a moment, in milliseconds. 0 for a name that the runtime does not know. */
function offsetOf(zone: string, moment: number): number {
	const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(clockIn(zone)?.format(moment) ?? "") ?? [];
	const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
	return Math.round((sign === "-" ? -offset : offset) / QUARTER_MS) * QUARTER_MS;
}
