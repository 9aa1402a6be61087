import { describe, expect, it } from "vitest";
import { segmentation, segmentsOf } from "./segments";

const a = (count: number) => "a".repeat(count);

describe("a text on the network", () => {
	it.each([
		["nothing", "", "GSM-7", 0, 160],
		["a word", "hello", "GSM-7", 1, 155],
		["160 letters", a(160), "GSM-7", 1, 0],
		["161 letters", a(161), "GSM-7", 2, 145],
		["306 letters", a(306), "GSM-7", 2, 0],
		["307 letters", a(307), "GSM-7", 3, 152],
		["letters of the second set, twice each", "€".repeat(80), "GSM-7", 1, 0],
		["one of them too many", `${"€".repeat(80)}a`, "GSM-7", 2, 144],
		["a letter of two places at the seam", `${a(152)}€${a(10)}`, "GSM-7", 2, 141],
		["one Cyrillic letter", "ж", "UCS-2", 1, 69],
		["70 Cyrillic letters", "ж".repeat(70), "UCS-2", 1, 0],
		["71 Cyrillic letters", "ж".repeat(71), "UCS-2", 2, 63],
		["a smile among letters", `${a(68)}\u{1F600}`, "UCS-2", 1, 0],
		["a smile at the seam, whole", `${"ж".repeat(66)}\u{1F600}${"ж".repeat(5)}`, "UCS-2", 2, 60],
		["what phones put for quotes", "“hi”", "UCS-2", 1, 66],
		["the longest that is taken", a(1600), "GSM-7", 11, 83],
	] as const)("is cut as the network cuts: %s", (_, body, encoding, segments, left) => {
		expect(segmentation(body)).toMatchObject({ encoding, segments, left });
	});

	it("takes at least one message, even when it is only a picture", () => {
		expect(segmentsOf("")).toBe(1);
	});
});
