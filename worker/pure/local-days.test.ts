import { describe, expect, it } from "vitest";
import { dateAfter, dateAt, daysBetween, localDays } from "./local-days";

const starts = (zone: string, from: string, to: string) =>
	localDays(zone, from, to).map(({ start }) => new Date(start).toISOString());

/** The oracle: the first quarter of an hour at which a wall clock shows the date. */
function firstShown(zone: string, date: string): number {
	const wall = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
	let moment = Date.parse(date) - 15 * 3_600_000;
	while (wall.format(moment) !== date) moment += 900_000;
	return moment;
}

describe("local days", () => {
	it("begin at the zone's midnights, and end with the day after", () => {
		expect(starts("Asia/Kathmandu", "2026-11-20", "2026-11-21")).toEqual([
			"2026-11-19T18:15:00.000Z",
			"2026-11-20T18:15:00.000Z",
			"2026-11-21T18:15:00.000Z",
		]);
	});

	it.each([
		"Europe/Berlin",
		"America/New_York",
		"America/Havana", // springs forward at midnight
		"Asia/Beirut",
		"Atlantic/Azores",
		"Australia/Lord_Howe", // by half an hour
		"Africa/Casablanca", // stands still for Ramadan
		"Pacific/Kiritimati",
		"Pacific/Chatham",
		"America/St_Johns",
		"UTC",
	])("begin in %s when its clocks first show them, all through a year", (zone) => {
		const days = localDays(zone, "2027-01-01", "2027-12-31");

		expect(days).toHaveLength(366);
		expect(days.filter(({ date, start }) => start !== firstShown(zone, date))).toEqual([]);
	});

	it("tell which date it is", () => {
		const moment = Date.parse("2026-11-21T23:30:00Z");

		expect(["UTC", "Asia/Tokyo", "America/Los_Angeles"].map((zone) => dateAt(zone, moment))).toEqual([
			"2026-11-21",
			"2026-11-22",
			"2026-11-21",
		]);
	});

	it("are counted with both ends, over months and leap days", () => {
		expect(daysBetween("2026-11-21", "2026-11-21")).toBe(1);
		expect(daysBetween("2028-02-28", "2028-03-01")).toBe(3);
		expect(daysBetween("2026-11-22", "2026-11-21")).toBe(0);
		expect(dateAfter("2028-02-28", 1)).toBe("2028-02-29");
	});
});
