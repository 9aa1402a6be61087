import { describe, expect, it } from "vitest";
import { csvLine } from "./csv-line";

describe("csvLine", () => {
	it("quotes what would break a line apart", () => {
		expect(csvLine(["a,b", 'say "hi"', "two\nlines", null, 3, true])).toBe('"a,b","say ""hi""","two\nlines",,3,true');
	});

	it.each(["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1"])("disarms %j", (text) => {
		expect(csvLine([text]).replace(/^"/, "").startsWith("'")).toBe(true);
	});

	it("keeps phone numbers readable", () => {
		expect(csvLine(["+14155550100"])).toBe("+14155550100");
	});
});
