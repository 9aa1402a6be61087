import { describe, expect, it } from "vitest";
import { type CallStatus, isNews, isOver, rankOf } from "./call-state";
import { isMessageNews, isMessageOver, type MessageStatus, messageRankOf } from "./message-state";

const ENDINGS: CallStatus[] = ["completed", "busy", "failed", "no-answer", "canceled"];
const LIFE: CallStatus[] = ["queued", "initiated", "ringing", "in-progress"];

/** Every order in which `items` can arrive. */
function permutations<Item>(items: Item[]): Item[][] {
	if (items.length < 2) return [items];
	return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** What is known after the callbacks have arrived in this order, as a store applies them. */
function settle(
	arrivals: string[],
	rank: (status: string) => number,
	news: (known: number, status: string) => boolean,
) {
	const seen: string[] = [];
	let known = 0;
	for (const status of arrivals)
		if (news(known, status)) {
			known = rank(status);
			seen.push(status);
		}
	return seen;
}

const settleCall = (arrivals: string[]) => settle(arrivals, rankOf, isNews);
const settleMessage = (arrivals: string[]) => settle(arrivals, messageRankOf, isMessageNews);

describe("a call's status", () => {
	it.each(ENDINGS)("ends as %s, whatever the order of the callbacks", (ending) => {
		for (const arrivals of permutations([...LIFE, ending])) expect(settleCall(arrivals).at(-1)).toBe(ending);
	});

	it("never moves backwards and never tells the same news twice, in any order with repeats", () => {
		for (const arrivals of permutations(["queued", "initiated", "ringing", "ringing", "in-progress", "completed"])) {
			const ranks = settleCall([...arrivals, ...arrivals]).map(rankOf);

			expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
		}
	});

	it("keeps the first ending against every other", () => {
		for (const arrivals of permutations(ENDINGS)) expect(settleCall(arrivals)).toEqual([arrivals[0]]);
	});

	it("does not let a word that it does not know change anything", () => {
		for (const arrivals of permutations(["initiated", "transferring", "completed", ""]))
			expect(settleCall(arrivals).filter((status) => rankOf(status) === 0)).toEqual([]);
		expect(isOver("transferring")).toBe(false);
		expect(isOver("constructor")).toBe(false);
	});

	it("is over at its endings only", () => {
		expect([...LIFE, ...ENDINGS].filter(isOver)).toEqual(ENDINGS);
	});
});

describe("a message's status", () => {
	const LIFE_OF_MESSAGE: MessageStatus[] = ["accepted", "queued", "sending", "sent"];

	it.each<MessageStatus>(["delivered", "undelivered", "failed", "canceled"])(
		"ends as %s, whatever the order of the callbacks",
		(ending) => {
			for (const arrivals of permutations([...LIFE_OF_MESSAGE, ending]))
				expect(settleMessage(arrivals).at(-1)).toBe(ending);
		},
	);

	it("ends as read once it was read, before or after it was delivered", () => {
		for (const arrivals of permutations(["sent", "delivered", "read", "read"]))
			expect(settleMessage(arrivals).at(-1)).toBe("read");
	});

	it("never goes from delivered back to undelivered, nor the other way", () => {
		expect(settleMessage(["delivered", "undelivered", "sent"])).toEqual(["delivered"]);
		expect(settleMessage(["undelivered", "delivered", "sent"])).toEqual(["undelivered"]);
	});

	it("does not take an unknown word, or one on its way, for an ending", () => {
		expect(["teleported", "sent", "queued", "receiving", "partially_delivered"].filter(isMessageOver)).toEqual([]);
		expect(["received", "read", "canceled"].filter(isMessageOver)).toEqual(["received", "read", "canceled"]);
	});
});
