import { describe, expect, it } from "vitest";
import { addMonths, anniversaryAfter } from "./months";

const at = (text: string) => Date.parse(`${text}T12:00:00.000Z`);

describe("months", () => {
	it.each([
		["2026-01-15", 1, "2026-02-15"],
		["2026-01-31", 1, "2026-02-28"],
		["2028-01-31", 1, "2028-02-29"],
		["2026-01-31", 2, "2026-03-31"],
		["2026-12-05", 1, "2027-01-05"],
		["2026-08-31", 13, "2027-09-30"],
	])("%s and %i months make %s", (start, count, end) => {
		expect(addMonths(at(start), count)).toBe(at(end));
	});

	it.each([
		["2026-01-31", "2026-01-31", "2026-02-28"],
		["2026-01-31", "2026-02-28", "2026-03-31"],
		["2026-01-31", "2026-03-30", "2026-03-31"],
		["2026-01-15", "2026-06-20", "2026-07-15"],
		["2026-01-15", "2025-01-01", "2026-02-15"],
	])("what began on %s is next due after %s on %s", (start, moment, due) => {
		expect(anniversaryAfter(at(start), at(moment))).toBe(at(due));
	});
});
