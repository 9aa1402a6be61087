import { signal } from "@preact/signals";
import { api, said } from "../../lib/api";
import { reading } from "../../lib/use-read";

export interface Range {
	/** Local days, both counted: 2026-11-21. */
	from: string;
	to: string;
}

const DAY_MS = 86_400_000;
export const MOST_DAYS = 366;

/** Whose days are meant: those of the person's own time zone, or the browser's where they have not said. */
export const zone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Today, as the wall calendar there says. */
export function today(): string {
	return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: zone.value }).format(new Date());
}

export function dayBefore(date: string, days: number): string {
	return new Date(Date.parse(date) - days * DAY_MS).toISOString().slice(0, 10);
}

/** The last so many days, today counted. */
export function lately(days: number): Range {
	const to = today();
	return { from: dayBefore(to, days - 1), to };
}

export function daysIn({ from, to }: Range): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

export type Step = "day" | "week" | "month";

/** As fine as a plot can show: some thirty days, a quarter of weeks, a year of months. */
export function stepOf(range: Range): Step {
	const days = daysIn(range);
	if (days <= 45) return "day";
	return days <= 140 ? "week" : "month";
}

/** The account's figures in a range, read again when something moves them. */
export function figuresQuery(range: Range) {
	const { from, to } = range;
	return reading({
		key: ["figures", from, to, zone.value],
		read: () => said(api.dashboard.analytics.$get({ query: { from, to, timeZone: zone.value, step: stepOf(range) } })),
	});
}
