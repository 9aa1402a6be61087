import { describe, expect, it } from "vitest";
import { forecast } from "./forecast";

const HOUR = 3_600_000;
const all = [{ start: 0, end: 100 * HOUR }];

describe("the forecast of a campaign", () => {
	it("takes as long as the rate says when everybody can be called", () => {
		const { finishesAt, left } = forecast([{ people: 7_200, open: all }], { rate: 1, from: 0, hours: 24 });

		expect({ finishesAt, left }).toEqual({ finishesAt: 2 * HOUR, left: [0] });
	});

	it("waits for those whose day has not begun", () => {
		const later = [{ start: 5 * HOUR, end: 10 * HOUR }];

		const { finishesAt, calls } = forecast(
			[
				{ people: 3_600, open: all },
				{ people: 1_800, open: later },
			],
			{ rate: 1, from: 0, hours: 24 },
		);

		expect(finishesAt).toBe(5.5 * HOUR);
		expect(
			calls.map((hours) => hours.map(Math.round).flatMap((people, hour) => (people ? [[hour, people]] : []))),
		).toEqual([[[0, 3_600]], [[5, 1_800]]]);
	});

	it("shares the rate among those who can be called at once", () => {
		const { calls } = forecast(
			[
				{ people: 30_000, open: all },
				{ people: 10_000, open: all },
			],
			{ rate: 1, from: 0, hours: 2 },
		);

		expect(calls.map((hours) => hours.map(Math.round))).toEqual([
			[2_700, 2_700],
			[900, 900],
		]);
	});

	it("says who is left when the time runs out", () => {
		const { finishesAt, left } = forecast([{ people: 5_000, open: [{ start: 0, end: HOUR }] }], {
			rate: 1,
			from: 0,
			hours: 24,
		});

		expect({ finishesAt, left }).toEqual({ finishesAt: null, left: [1_400] });
	});

	it("calls nobody twice and loses nobody, whatever the hours", () => {
		for (let seed = 1; seed <= 50; seed++) {
			const groups = Array.from({ length: 5 }, (_, at) => ({
				people: (seed * 7_919 * (at + 1)) % 3_000,
				open: [{ start: ((seed * (at + 3)) % 20) * HOUR, end: (((seed * (at + 3)) % 20) + 1 + (seed % 5)) * HOUR }],
			}));

			const { left, calls } = forecast(groups, { rate: 0.3, from: 0, hours: 30 });

			for (const [at, { people }] of groups.entries()) {
				const called = (calls[at] ?? []).reduce((sum, hour) => sum + hour, 0);
				expect(Math.abs(called + (left[at] ?? 0) - people)).toBeLessThan(1);
			}
		}
	});
});
