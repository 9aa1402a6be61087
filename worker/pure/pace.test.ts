import { describe, expect, it } from "vitest";
import { paceOf } from "./pace";

/** Starts as often as the pace lets it, on a clock that is `jitter` late now and then. */
function run(perSecond: number, seconds: number, jitter: (k: number) => number): number[] {
	const pace = paceOf(perSecond);
	const starts: number[] = [];
	for (let now = 0; now < seconds * 1000; ) {
		now += pace.wait(now);
		now += jitter(starts.length);
		pace.started(now);
		starts.push(now);
	}
	return starts;
}

function mostInAnySecond(starts: number[]): number {
	let most = 0;
	for (let first = 0, last = 0; last < starts.length; last++) {
		while ((starts[last] ?? 0) - (starts[first] ?? 0) >= 1000) first++;
		most = Math.max(most, last - first + 1);
	}
	return most;
}

describe("pace", () => {
	it.each([1, 5, 50, 200])("never starts more than %d in any sliding second, and hardly fewer", (rate) => {
		const starts = run(rate, 60, () => 0);

		expect(mostInAnySecond(starts)).toBe(rate);
		expect(starts.length / (60 * rate)).toBeGreaterThanOrEqual(0.995);
	});

	it("holds the limit when timers are late", () => {
		const starts = run(50, 30, (k) => (k * 7919) % 5);

		expect(mostInAnySecond(starts)).toBeLessThanOrEqual(50);
	});

	it.each([50, 200])("makes up for a machine that is busy elsewhere now and then, at %d a second", (rate) => {
		const starts = run(rate, 30, (k) => ((Math.imul(k, 2_654_435_761) >>> 0) % rate === 0 ? 60 : 0));

		expect(mostInAnySecond(starts)).toBeLessThanOrEqual(rate);
		expect(starts.length / (30 * rate)).toBeGreaterThanOrEqual(0.99);
	});

	it("keeps a rate below one a second", () => {
		const starts = run(0.2, 60, () => 0);

		expect(Math.min(...starts.slice(1).map((at, k) => at - (starts[k] ?? 0)))).toBeGreaterThanOrEqual(5000);
	});

	it("lets the second begin when somebody else really started", () => {
		const pace = paceOf(2);
		pace.started(1_000);
		pace.started(1_500);
		pace.moved(1_000, 1_040);

		expect(pace.wait(2_003)).toBeGreaterThanOrEqual(37);
	});

	it("keeps starts in the order in which they really were", () => {
		const pace = paceOf(3);
		for (const start of [1_000, 1_100, 1_200]) pace.started(start);
		pace.moved(1_000, 1_150);

		expect(pace.wait(1_250)).toBe(1_100 + 1_002 - 1_250);
		expect(pace.wait(1_250, 2)).toBe(1_150 + 1_002 - 1_250);
		expect(pace.wait(1_250, 3)).toBe(1_200 + 1_002 - 1_250);
	});

	it("carries the last starts over into a new rate", () => {
		const pace = paceOf(2, [900, 950]);

		expect(pace.wait(1000)).toBeGreaterThanOrEqual(900);
	});

	it("never waits without a rate", () => {
		const pace = paceOf(Number.POSITIVE_INFINITY);
		pace.started(0);

		expect(pace.wait(0)).toBe(0);
	});
});
