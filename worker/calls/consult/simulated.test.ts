import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { type Device, openDevice, SDP } from "../../test/device";
import { openAccount, type TestAccount } from "../../test/house";
import { callIn, eventually, openLine } from "../../test/line";
import type { Call, CallStory } from "../inputs";
import type { Consult } from "./inputs";

/** Somebody outside talks with the owner of a line, who sits at a browser; a colleague sits at another one. */
async function talking({ staysFor, settings }: { staysFor?: number; settings?: object } = {}) {
	const account = await openAccount({ balanceMicros: 5_000_000 });
	const colleague = await openMember(account);
	const [own, theirs] = [await openDevice(account), await openDevice({ call: (path) => colleague.call(path) })];
	const line = await openLine(account);
	if (settings) await account.call("/api/voice-settings", settings, { method: "PATCH" });
	await callIn(line.e164, staysFor === undefined ? {} : { staysFor });
	const { call: leg } = await take(own);
	const call = await eventually(async () => {
		const { items }: { items: Call[] } = await (await account.call("/api/calls")).json();
		return items.find(({ status }) => status === "in_progress");
	}, "the call");
	const ask = (whom: object) => account.call(`/api/calls/${call.id}/consults`, whom);
	const decide = ({ id }: Consult, what: "connect" | "back") =>
		account.call(`/api/calls/${call.id}/consults/${id}/${what}`, {});
	return { account, colleague, own, theirs, leg, id: call.id, ask, decide };
}

async function take(device: Device) {
	const ring = await device.hears("ring");
	device.say({ type: "answer", call: ring.call, sdp: SDP });
	return ring;
}

const read = async (account: TestAccount, id: string): Promise<CallStory> =>
	(await account.call(`/api/calls/${id}`)).json();
const turned = (account: TestAccount, id: string, state: string) =>
	eventually(async () => {
		const story = await read(account, id);
		return story.consult?.state === state ? story : null;
	}, state);
const ended = (account: TestAccount, id: string) =>
	eventually(async () => {
		const story = await read(account, id);
		return story.live ? null : story;
	}, "the end");

describe("asking a colleague about a call in simulation", () => {
	it("rings their browser while the caller waits, and hands the caller over", async () => {
		const { account, colleague, own, theirs, id, ask, decide } = await talking();

		const reply = await ask({ memberId: colleague.userId });
		const consult: Consult = await reply.json();
		const ring = await take(theirs);
		await turned(account, id, "talking");
		const connected = await decide(consult, "connect");
		const gone = await own.hears("ended");
		const story = await eventually(async () => {
			const now = await read(account, id);
			return now.consult?.joinedAt ? now : null;
		}, "the joining");
		theirs.say({ type: "hangup", call: ring.call });

		expect([reply.status, connected.status, gone.reason, story.live]).toEqual([201, 200, "hung_up", true]);
		const over = await ended(account, id);
		expect(over).toMatchObject({ status: "completed", answeredUserId: account.userId });
		expect(over.consult?.state).toBe("completed");
		expect((await colleague.call(`/api/calls/${id}`)).status).toBe(200);
	});

	it("comes back to the caller when one wants, and when they decline", async () => {
		const { account, colleague, own, theirs, leg, id, ask, decide } = await talking();

		const first: Consult = await (await ask({ memberId: colleague.userId })).json();
		await take(theirs);
		await turned(account, id, "talking");
		await decide(first, "back");
		const released = await theirs.hears("ended");
		await ask({ memberId: colleague.userId });
		const again = await theirs.hears("ring");
		theirs.say({ type: "decline", call: again.call });
		const story = await turned(account, id, "failed");
		own.say({ type: "hangup", call: leg });

		expect(released.reason).toBe("hung_up");
		expect(story).toMatchObject({ live: true, consult: { reason: "busy" } });
		const over = await ended(account, id);
		expect(over.events.map(({ kind }) => kind).filter((kind) => kind.startsWith("consult_"))).toEqual([
			"consult_ringing",
			"consult_talking",
			"consult_taken_back",
			"consult_ringing",
			"consult_failed",
		]);
	});

	it("leaves the caller with the colleague when the browser of the one who asks goes, and with voicemail before that", async () => {
		const [handed, dropped] = [await talking(), await talking()];

		await handed.ask({ memberId: handed.colleague.userId });
		const ring = await take(handed.theirs);
		await turned(handed.account, handed.id, "talking");
		handed.own.say({ type: "hangup", call: handed.leg });
		await dropped.ask({ memberId: dropped.colleague.userId });
		await dropped.theirs.hears("ring");
		dropped.own.say({ type: "hangup", call: dropped.leg });

		expect(await turned(handed.account, handed.id, "completed")).toMatchObject({ live: true });
		handed.theirs.say({ type: "hangup", call: ring.call });
		await ended(handed.account, handed.id);
		await turned(dropped.account, dropped.id, "dropped");
		expect((await dropped.theirs.hears("ended")).reason).toBe("cancelled");
		const over = await ended(dropped.account, dropped.id);
		expect(over.events.map(({ kind }) => kind)).toContain("voicemail");
	});

	it("asks a telephone outside, which costs until it hangs up, and records only what the caller hears", async () => {
		const { account, id, ask, decide, own } = await talking({ settings: { recordCalls: true } });

		const consult: Consult = await (await ask({ number: "+14155550007" })).json();
		await turned(account, id, "talking");
		await decide(consult, "connect");
		await own.hears("ended");
		await ended(account, id);
		const over = await eventually(async () => {
			const story = await read(account, id);
			return story.legs[0]?.minutes ? story : null;
		}, "the cost");

		expect(over.legs).toMatchObject([{ to: "+14155550007", minutes: expect.any(Number) }]);
		expect(over.cost?.amountMicros).toBeGreaterThan(0);
		await eventually(async () => (await account.balance()).held === 0, "the settling");
		expect((await account.balance()).available).toBe(5_000_000 - (over.cost?.amountMicros ?? 0));
		await eventually(async () => (await read(account, id)).events.filter(({ kind }) => kind === "recorded").length > 1);
	});

	it.each([
		["+14155550004", "busy"],
		["+14155550003", "no_answer"],
		["+14155550006", "unreachable"],
	])("comes back from %s, which is %s, for nothing", async (number, reason) => {
		const { account, own, leg, id, ask } = await talking();

		await ask({ number });
		const story = await turned(account, id, "failed");
		own.say({ type: "hangup", call: leg });
		await ended(account, id);

		expect(story.consult?.reason).toBe(reason);
		await eventually(async () => (await account.balance()).available === 5_000_000, "the money");
	});
});

describe("asking about a call that was made from here, in simulation", () => {
	it("keeps whom one called waiting, and they go on with whoever was asked", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const [own, { e164: from }] = [await openDevice(account), await openLine(account)];
		const made: Call = await (await account.call("/api/calls", { from, to: "+14155550008" })).json();
		const { call: leg } = await take(own);
		await eventually(async () => (await read(account, made.id)).answeredAt, "the answer");

		const path = `/api/calls/${made.id}/consults`;
		const consult: Consult = await (await account.call(path, { number: "+14155550007" })).json();
		await turned(account, made.id, "talking");
		const connected = await account.call(`${path}/${consult.id}/connect`, {});
		const gone = await own.hears("ended");
		const over = await ended(account, made.id);

		expect([connected.status, gone.call, gone.reason]).toEqual([200, leg, "hung_up"]);
		expect(over).toMatchObject({ status: "completed", consult: { state: "completed" } });
		await eventually(async () => (await account.balance()).held === 0, "the settling");
		const { cost, legs } = await read(account, made.id);
		expect(legs.map(({ to }) => to).sort()).toEqual(["+14155550007", "+14155550008"]);
		expect((await account.balance()).available).toBe(10_000_000 - (cost?.amountMicros ?? 0));
	});
});
