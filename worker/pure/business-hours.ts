/** When a business is open, in its own time. Minutes are counted from midnight. */
export interface BusinessHours {
	/** An IANA zone. */
	timeZone: string;
	/** On these ISO weekdays ("12345": Monday to Friday) from one time to another; "22:00" to "06:00" goes on into the next day. */
	week: { days: string; from: string; to: string }[];
	/** Days ("2026-12-25") on which it is closed all day. */
	holidays: string[];
}

interface LocalTime {
	date: string;
	weekday: string;
	time: string;
}

const DAY_MS = 86_400_000;
const WEEKDAYS: Record<string, string> = { Mon: "1", Tue: "2", Wed: "3", Thu: "4", Fri: "5", Sat: "6", Sun: "7" };
const clocks = new Map<string, Intl.DateTimeFormat>();

/** True when the zone is one that clocks can be asked for. */
export function isTimeZone(zone: string): boolean {
	try {
		return clockOf(zone) !== undefined;
	} catch {
		return false;
	}
}

/** Whether it is open at a moment. Closed in a zone that nobody knows. */
export function isOpenAt({ timeZone, week, holidays }: BusinessHours, moment: number): boolean {
	if (!isTimeZone(timeZone)) return false;
	const now = localTime(timeZone, moment);
	const before = localTime(timeZone, moment - DAY_MS);
	return week.some(({ days, from, to }) => {
		const opensOn = ({ date, weekday }: LocalTime) => days.includes(weekday) && !holidays.includes(date);
		if (from < to) return opensOn(now) && now.time >= from && now.time < to;
		return (opensOn(now) && now.time >= from) || (opensOn(before) && now.time < to && !holidays.includes(now.date));
	});
}

function localTime(zone: string, moment: number): LocalTime {
	const parts = Object.fromEntries(
		clockOf(zone)
			.formatToParts(moment)
			.map(({ type, value }) => [type, value]),
	);
	return {
		date: `${parts.year}-${parts.month}-${parts.day}`,
		weekday: WEEKDAYS[parts.weekday ?? ""] ?? "",
		time: `${parts.hour}:${parts.minute}`,
	};
}

function clockOf(zone: string): Intl.DateTimeFormat {
	const known = clocks.get(zone);
	if (known) return known;
	const clock = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		weekday: "short",
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	clocks.set(zone, clock);
	return clock;
}
