import type { Hours } from "./draft";

const DAY_MS = 86_400_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function localTime(timeZone: string, moment: number): { date: string; day: string; time: string } {
	const clock = new Intl.DateTimeFormat("en-US", {
		timeZone,
		weekday: "short",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	const parts = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
	return {
		date: `${parts.year}-${parts.month}-${parts.day}`,
		day: String(WEEKDAYS.indexOf(parts.weekday ?? "") + 1),
		time: `${parts.hour}:${parts.minute}`,
	};
}

/** Whether hours are open at a moment, for the preview only: the server decides for itself when a call is there. */
export function isOpen({ timeZone, week, holidays }: Hours, moment = Date.now()): boolean {
	const now = localTime(timeZone, moment);
	const before = localTime(timeZone, moment - DAY_MS);
	const off = (date: string) => holidays.includes(date);
	return week.some(({ days, from, to }) => {
		const opened = days.includes(now.day) && !off(now.date) && now.time >= from;
		if (from < to) return opened && now.time < to;
		const lasts = days.includes(before.day) && !off(before.date) && !off(now.date) && now.time < to;
		return opened || lasts;
	});
}
