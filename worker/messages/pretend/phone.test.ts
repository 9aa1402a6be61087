import { describe, expect, it, vi } from "vitest";
import { openAccount, type TestAccount } from "../../test/house";
import { eventually, openLine } from "../../test/line";
import type { PretendNow } from "./inputs";

/** Nobody by its last digits: without a hand on it, this number is busy. */
const PEER = "+447712340004";

interface Hand {
	account: TestAccount;
	number: string;
	look(): Promise<PretendNow["call"]>;
	use(deed: object): Promise<Response>;
}

async function openHand(routing?: object): Promise<Hand> {
	const account = await openAccount({ balanceMicros: 50_000_000 });
	const line = await openLine(account, routing ? { routing } : {});
	const hand = { number: line.e164, peer: PEER };
	const look = async () => {
		const reply = await account.call("/api/debug/pretend/phone", hand, { method: "PUT" });
		return (await reply.json<PretendNow>()).call;
	};
	const use = (deed: object) => account.call("/api/debug/pretend/phone", { ...hand, ...deed });
	return { account, number: line.e164, look, use };
}

const logged = async ({ account }: Hand) =>
	(await (await account.call("/api/calls")).json<{ items: Record<string, unknown>[] }>()).items[0];

describe("a pretend phone in the hand", () => {
	it("calls a number, leaves a message as long as it stays, and hangs up", async () => {
		const hand = await openHand({ steps: [{ kind: "voicemail" }] });

		expect(await (await hand.use({ do: "ring" })).json()).toMatchObject({ call: { state: "calls" } });
		await eventually(async () => (await hand.look())?.hears === "tape", "the tape");
		await hand.use({ do: "hangUp" });

		const call = await eventually(async () => {
			const newest = await logged(hand);
			return newest?.endedAt && newest;
		}, "the end");
		expect(call).toMatchObject({ direction: "inbound", from: PEER, answeredBy: "voicemail" });
		expect(await hand.look()).toBeNull();
	});

	it("hears what is read out to it", async () => {
		const hand = await openHand({ steps: [{ kind: "say", text: "We are closed. ".repeat(60) }, { kind: "hangup" }] });

		await hand.use({ do: "ring" });

		await eventually(async () => (await hand.look())?.words.startsWith("We are closed."), "the words");
		await hand.use({ do: "hangUp" });
		await eventually(async () => (await hand.look()) === null, "the end");
	});

	it("rings when it is called, whoever its number would be, and talks once it is answered", async () => {
		const hand = await openHand();
		await hand.account.call("/api/users/phone", { phoneNumber: "+4915112340007" }, { method: "PATCH" });
		await hand.look();

		await hand.account.call("/api/calls", { from: hand.number, to: PEER, via: "phone" });
		await eventually(async () => (await hand.look())?.state === "rings", "the ringing");
		await hand.use({ do: "answer" });
		await eventually(async () => (await hand.look())?.state === "talks", "the talk");
		await hand.use({ do: "hangUp" });

		await vi.waitFor(async () => expect(await logged(hand)).toMatchObject({ status: "completed" }), {
			timeout: 10_000,
		});
	});

	it("has nothing to answer without a call, and calls only once at a time", async () => {
		const hand = await openHand({ steps: [{ kind: "voicemail" }] });

		expect((await hand.use({ do: "answer" })).status).toBe(409);
		await hand.use({ do: "ring" });
		expect((await hand.use({ do: "ring" })).status).toBe(409);
		await hand.use({ do: "hangUp" });
	});

	it("is nobody else's, and wants keys that a telephone has", async () => {
		const hand = await openHand();
		const stranger = await openAccount();
		const body = { number: hand.number, peer: PEER };

		const replies = [
			await stranger.call("/api/debug/pretend/phone", body, { method: "PUT" }),
			await stranger.call("/api/debug/pretend/phone", { ...body, do: "ring" }),
			await hand.use({ do: "press", key: "A" }),
			await hand.use({ do: "dance" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 422, 422]);
	});
});
