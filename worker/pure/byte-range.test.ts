import { expect, it } from "vitest";
import { rangeOf } from "./byte-range";

it.each([
	["bytes=0-9", { start: 0, length: 10 }],
	["bytes=90-", { start: 90, length: 10 }],
	["bytes=90-500", { start: 90, length: 10 }],
	["bytes=-5", { start: 95, length: 5 }],
	["bytes=-500", { start: 0, length: 100 }],
	["bytes=99-99", { start: 99, length: 1 }],
	[" bytes=0-0 ", { start: 0, length: 1 }],
	["bytes=100-", "unsatisfiable"],
	["bytes=100-200", "unsatisfiable"],
	["bytes=-0", "unsatisfiable"],
	[undefined, null],
	["", null],
	["bytes=-", null],
	["bytes=9-1", null],
	["bytes=0-1,5-6", null],
	["seconds=0-1", null],
	["bytes=a-b", null],
	[`bytes=0-${"9".repeat(40)}`, null],
])("of 100 bytes, %j asks for %j", (header, range) => {
	expect(rangeOf(header, 100)).toEqual(range);
});
