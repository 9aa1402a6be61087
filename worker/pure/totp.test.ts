import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { base32, codeAt, fromBase32, keyUri, PERIOD_SECONDS, stepAt, stepOfCode } from "./totp";

const RFC_SECRET = new TextEncoder().encode("12345678901234567890");

describe("one-time codes", () => {
	// RFC 6238, appendix B, SHA-1; its eight digits end in our six.
	it.each([
		[59, "94287082"],
		[1_111_111_109, "07081804"],
		[1_111_111_111, "14050471"],
		[1_234_567_890, "89005924"],
		[2_000_000_000, "69279037"],
		[20_000_000_000, "65353130"],
	])("are those of the RFC at second %i", (second, code) => {
		expect(codeAt(RFC_SECRET, stepAt(second * 1000))).toBe(code.slice(2));
	});

	it("are taken one step early and late, and no further", () => {
		const now = 1_800_000_000_000;
		const at = (off: number) => stepOfCode(RFC_SECRET, codeAt(RFC_SECRET, stepAt(now) + off), now);

		expect([-1, 0, 1].map(at)).toEqual([-1, 0, 1].map((off) => stepAt(now) + off));
		expect([-2, 2].map(at)).toEqual([null, null]);
		for (const odd of ["", "12345", "1234567", "abcdef", "１２３４５６"])
			expect(stepOfCode(RFC_SECRET, odd, now)).toBeNull();
	});

	it("have secrets that other programs read, whatever their bytes", () => {
		for (let round = 0; round < 50; round++) {
			const bytes = crypto.getRandomValues(new Uint8Array(20));
			const theirs = new TOTP({ secret: Secret.fromBase32(base32(bytes)), period: PERIOD_SECONDS });

			expect(fromBase32(base32(bytes))).toEqual(bytes);
			expect(theirs.generate({ timestamp: round * 1e9 })).toBe(codeAt(bytes, stepAt(round * 1e9)));
		}
	});

	it("come with an address that apps understand", () => {
		const uri = keyUri("Trunkline", "ann+1@example.com", base32(RFC_SECRET));

		expect(uri).toMatch(/^otpauth:\/\/totp\/Trunkline:ann%2B1%40example\.com\?/);
		expect(new URL(uri).searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	});
});
