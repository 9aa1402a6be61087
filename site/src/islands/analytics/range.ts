import { daysIn, lately, MOST_DAYS, type Range } from "./reads";

const DAY = /^20\d\d-\d\d-\d\d$/;
const USUAL_DAYS = 30;

/** The range that an address names; the last thirty days for one that names none, or none that can be shown. */
export function rangeIn(search: string): Range {
	const asked = new URLSearchParams(search);
	const [from = "", to = ""] = [asked.get("from") ?? "", asked.get("to") ?? ""];
	return isSound({ from, to }) ? { from, to } : lately(USUAL_DAYS);
}

export function isSound(range: Range): boolean {
	const isDay = (text: string) => DAY.test(text) && !Number.isNaN(Date.parse(text));
	return isDay(range.from) && isDay(range.to) && daysIn(range) >= 1 && daysIn(range) <= MOST_DAYS;
}

export function searchOf({ from, to }: Range): string {
	return `?${new URLSearchParams({ from, to })}`;
}
