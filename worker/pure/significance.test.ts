import { describe, expect, it } from "vitest";
import { compare } from "./significance";

describe("comparing two rates", () => {
	it("finds no winner where the rates are the same", () => {
		const { p, winner } = compare({ of: 1_000, hits: 100 }, { of: 1_000, hits: 100 });

		expect(p).toBeCloseTo(1, 5);
		expect(winner).toBeNull();
	});

	it("agrees with the tables of the normal curve", () => {
		// 10 % of 1,000 and 13 % of 1,000: pooled 0.115, z = 2.1028, two-sided p = 0.0355.
		expect(compare({ of: 1_000, hits: 100 }, { of: 1_000, hits: 130 })).toMatchObject({ winner: "b" });
		expect(compare({ of: 1_000, hits: 100 }, { of: 1_000, hits: 130 }).p).toBeCloseTo(0.0355, 3);
	});

	it("does not take chance for a winner", () => {
		expect(compare({ of: 100, hits: 10 }, { of: 100, hits: 13 })).toMatchObject({ a: 0.1, b: 0.13, winner: null });
	});

	it.each([
		["nobody", { of: 0, hits: 0 }, { of: 0, hits: 0 }],
		["one side", { of: 50, hits: 20 }, { of: 0, hits: 0 }],
		["too few", { of: 9, hits: 8 }, { of: 9, hits: 1 }],
	])("says nothing of %s", (_, a, b) => {
		expect(compare(a, b)).toMatchObject({ p: null, winner: null });
	});
});
