import { describe, expect, it } from "vitest";
import { type BusinessHours, isOpenAt, isTimeZone } from "./business-hours";

const office: BusinessHours = {
	timeZone: "Europe/Berlin",
	week: [
		{ days: "12345", from: "09:00", to: "17:30" },
		{ days: "6", from: "10:00", to: "12:00" },
	],
	holidays: ["2026-12-25"],
};
const open = (hours: BusinessHours, moment: string) => isOpenAt(hours, Date.parse(moment));

describe("business hours", () => {
	it.each([
		["2026-11-23T07:59:00Z", false], // Monday 08:59
		["2026-11-23T08:00:00Z", true],
		["2026-11-23T16:29:59Z", true],
		["2026-11-23T16:30:00Z", false],
		["2026-11-21T09:30:00Z", true], // Saturday 10:30
		["2026-11-22T09:30:00Z", false],
		["2026-12-25T10:00:00Z", false], // a holiday, a Friday
		["2026-07-06T07:30:00Z", true], // summer time: 09:30
	])("at %s: %s", (moment, expected) => {
		expect(open(office, moment)).toBe(expected);
	});

	it("go on past midnight", () => {
		const night = { ...office, week: [{ days: "5", from: "22:00", to: "06:00" }] };

		const moments = ["2026-11-20T20:59:00Z", "2026-11-20T22:00:00Z", "2026-11-21T04:59:00Z", "2026-11-21T05:00:00Z"];

		expect(moments.map((moment) => open(night, moment))).toEqual([false, true, true, false]);
		expect(open(night, "2026-11-20T04:00:00Z")).toBe(false); // Thursday's night is not open
	});

	it("are closed where no clock tells the time", () => {
		expect(isTimeZone("Mars/Phobos")).toBe(false);
		expect(open({ ...office, timeZone: "Mars/Phobos" }, "2026-11-23T10:00:00Z")).toBe(false);
	});
});
