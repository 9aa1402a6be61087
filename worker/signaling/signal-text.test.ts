import { describe, expect, it } from "vitest";
import { parseFrame, SignalFrame } from "./protocol";
import { plainSignal, stamped } from "./signal-text";

const CALL = "5b0f6b3a-33a1-4c50-9a64-0a9b8f0c1f11";
const FROM = "care4w-AAAAAAA";
const SEEDS = Array.from({ length: 4_000 }, (_, seed) => seed);

/** The same numbers for the same seed, from 0 to 1. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A frame that is mostly a signal, with whatever may stand in one, or not. */
function anyFrame(seed: number): string {
	const next = numbers(seed);
	const oneOf = <Value>(values: Value[]): Value => values[Math.floor(next() * values.length)] as Value;
	const seldom = <Value>(odd: Value[], usual: Value[]): Value => oneOf(next() < 0.06 ? odd : usual);
	const fields = (...entries: [string, unknown][]) => {
		const kept = entries.filter(([, value]) => value !== undefined);
		if (next() < 0.03)
			kept.push(
				oneOf([
					["from", "care4w-ZZZZZZZ"],
					["__proto__", {}],
					["candidate", "x"],
					["extra", null],
				]),
			);
		if (next() < 0.2) kept.reverse();
		return `{${kept.map(([key, value]) => `${JSON.stringify(key)}:${typeof value === "string" ? value : JSON.stringify(value)}`).join(next() < 0.1 ? " ,\n" : ",")}}`;
	};
	const word = (...values: unknown[]) => JSON.stringify(oneOf(values)) ?? undefined;
	const candidate = () =>
		fields(
			[
				"candidate",
				seldom(
					[undefined, "1", word("x".repeat(1_001))],
					[word("", "candidate:1 1 udp", "é\u2028\ud800", "x".repeat(1_000))],
				),
			],
			["sdpMid", seldom(["7", word("x".repeat(65))], [undefined, "null", word("0", "x".repeat(64))])],
			["sdpMLineIndex", seldom(["-1", "1.5", "256", "1e400", '"0"'], [undefined, "null", "0", "-0", "255", "1.0"])],
			["usernameFragment", seldom(["{}", word("x".repeat(257))], [undefined, "null", word("abcd")])],
		);
	const description = () =>
		fields(
			["type", seldom(['"pranswer"', "null"], ['"offer"', '"answer"'])],
			[
				"sdp",
				seldom(
					["1", word("x", "v=0\u0000", "v=0\t", `v=0${"x".repeat(32_766)}`)],
					[word("v=0", "v=0\r\na=1\r\n", `v=0${"x".repeat(32_765)}`)],
				),
			],
		);
	const many = Array.from({ length: seldom([64, 65], [0, 1, 3]) }, candidate);
	const signal = fields(
		["candidates", seldom(["null", "{}", '"x"'], [undefined, `[${many.join(",")}]`])],
		["description", seldom(["null", "[]"], [undefined, description()])],
	);
	const frame = fields(
		["type", seldom(['"hangup"', "1", undefined], ['"signal"'])],
		["call", seldom(['"x"', "null", word(`${CALL} `, CALL.replace("4c50", "9c50"))], [word(CALL, CALL.toUpperCase())])],
		["signal", seldom([undefined, "null", "[]"], [signal])],
	);
	return seldom(["null", "[]", "x", `${frame}}`, `[${frame}]`, frame.slice(0, -1)], [frame, ` ${frame}\n`]);
}

describe("a signal that is read by hand", () => {
	it("is one for the shape as well, and the same", () => {
		const taken = SEEDS.map(anyFrame).filter((raw) => plainSignal(raw) !== null);

		for (const raw of taken) expect(plainSignal(raw), raw).toEqual(parseFrame(SignalFrame, raw));
		expect(taken.length).toBeGreaterThan(SEEDS.length / 4);
	});

	it("is read by hand whenever the shape takes it", () => {
		const left = SEEDS.map(anyFrame).filter((raw) => plainSignal(raw) === null);

		for (const raw of left) expect(parseFrame(SignalFrame, raw), raw).toBeNull();
		expect(left.length).toBeGreaterThan(SEEDS.length / 20);
	});
});

describe("a signal that is passed on", () => {
	it("says what it said, and who the room says it is from", () => {
		const taken = SEEDS.map(anyFrame).filter((raw) => plainSignal(raw) !== null);

		for (const raw of taken)
			expect(JSON.parse(stamped(raw, FROM)), raw).toEqual({ ...parseFrame(SignalFrame, raw), from: FROM });
	});

	it("has no other sender however often it names one, even in a frame that was never understood", () => {
		const twice = `{"type":"signal","call":"${CALL}","signal":{},"from":"care4w-ZZZZZZZ","call":"${CALL}"}`;

		expect(plainSignal(twice)).toBeNull();
		expect(JSON.parse(stamped(twice, FROM)).from).toBe(FROM);
	});

	it("is what counts for both when it says something twice", () => {
		const twice = `{"type":"signal","call":"x","call":"${CALL}","signal":1,"signal":{"candidates":[]}}`;

		expect(plainSignal(twice)).toEqual(parseFrame(SignalFrame, stamped(twice, FROM).replace(`,"from":"${FROM}"`, "")));
		expect(JSON.parse(stamped(twice, FROM))).toEqual({
			type: "signal",
			call: CALL,
			signal: { candidates: [] },
			from: FROM,
		});
	});
});
