import { describe, expect, it } from "vitest";
import type { Ready } from "./attempts/store";
import { LANES, Lanes } from "./lanes";

const person = (n: number): Ready => ({
	id: `att_${n}`,
	e164: `+1415300${1000 + n}`,
	callerE164: "+14152000000",
	zones: "",
});

/** Lanes to a carrier that takes its time, and what it saw of them. */
function lanesTo(takesMs: number) {
	const seen = {
		asked: [] as string[],
		noted: [] as string[],
		blocks: [] as number[],
		hands: new Map<number, { now: number; most: number; together: number }>(),
	};
	const lanes = new Lanes({
		about(attempts) {
			seen.blocks.push(attempts.length);
			seen.noted.push(...attempts.map(({ id }) => id));
		},
		progress: () => {},
		async place(attempts, number) {
			const ids = attempts.map(({ id }) => id);
			expect(seen.noted).toEqual(expect.arrayContaining(ids));
			seen.asked.push(...ids);
			const hand = seen.hands.get(number) ?? { now: 0, most: 0, together: 0 };
			seen.hands.set(number, hand);
			hand.now += ids.length;
			hand.most = Math.max(hand.most, hand.now);
			hand.together = Math.max(hand.together, ids.length);
			await new Promise((resolve) => setTimeout(resolve, takesMs));
			hand.now -= ids.length;
			return { taken: ids.map((id) => ({ result: "placed", ref: `CA${id}` })), askedAt: 0 };
		},
	});
	return { lanes, seen };
}

async function finished(lanes: Lanes) {
	while (lanes.inFlight > 0 || lanes.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	return lanes.takeResults();
}

describe("lanes", () => {
	it("borrow other objects' connections when the rate needs more than six, and use none beyond its six", async () => {
		const { lanes, seen } = lanesTo(10);

		lanes.add(Array.from({ length: 300 }, (_, n) => person(n)));
		const results = await finished(lanes);

		expect(results).toHaveLength(300);
		expect(new Set(seen.asked).size).toBe(300);
		expect(seen.hands.size).toBeGreaterThan(1);
		for (const { most } of seen.hands.values()) expect(most).toBeLessThanOrEqual(LANES);
	});

	it("hand a fast campaign's requests to other objects six at a time, and a paced one's one by one", async () => {
		const fast = lanesTo(10);
		const paced = lanesTo(60);
		paced.lanes.setRate(300);

		fast.lanes.add(Array.from({ length: 300 }, (_, n) => person(n)));
		paced.lanes.add(Array.from({ length: 100 }, (_, n) => person(n)));
		await Promise.all([finished(fast.lanes), finished(paced.lanes)]);

		expect(fast.seen.hands.get(0)?.together).toBe(1);
		expect(fast.seen.hands.get(1)?.together).toBe(LANES);
		expect(paced.seen.hands.size).toBeGreaterThan(1);
		for (const { together } of paced.seen.hands.values()) expect(together).toBe(1);
	});

	it("stay with their own six at a rate that these can keep", async () => {
		const { lanes, seen } = lanesTo(1);
		lanes.setRate(100);

		lanes.add(Array.from({ length: 30 }, (_, n) => person(n)));
		await finished(lanes);

		expect([...seen.hands.keys()]).toEqual([0]);
	});

	it("have nothing on its way to the carrier once they are settled", async () => {
		const { lanes, seen } = lanesTo(10);
		lanes.add(Array.from({ length: 200 }, (_, n) => person(n)));
		while (seen.hands.size < 2) await new Promise((resolve) => setTimeout(resolve, 1));

		const back = lanes.withdraw();
		await lanes.settled();
		const askedThen = seen.asked.length;
		await finished(lanes);

		expect(askedThen + back.length).toBe(200);
		expect(seen.asked).toHaveLength(askedThen);
	});

	it("note a slow dialer's requests one by one, and a fast one's in blocks", async () => {
		const slow = lanesTo(1);
		slow.lanes.setRate(20);
		const fast = lanesTo(1);

		slow.lanes.add([person(1), person(2)]);
		fast.lanes.add(Array.from({ length: 100 }, (_, n) => person(n)));
		await Promise.all([finished(slow.lanes), finished(fast.lanes)]);

		expect(slow.seen.blocks).toEqual([1, 1]);
		expect(fast.seen.blocks.length).toBeLessThan(20);
		expect(fast.seen.noted).toHaveLength(100);
	});
});
