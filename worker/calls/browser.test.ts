import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../test/access-matrix.people";
import { openAccount, type TestAccount } from "../test/house";
import { openLine } from "../test/line";
import { carrierPosts } from "../test/signed";
import type { Call } from "./inputs";

const DOOR = "https://trunkline.test/webhooks/twilio/calls/browser";
const CALLEE = "+14155550107";
let counter = 0;
const newSid = () => `CA${"b".repeat(20)}${String(++counter).padStart(12, "0")}`;

async function identityOf(userId: string): Promise<string> {
	const row = await env.DB.prepare("SELECT care4w_id AS id FROM users WHERE id = ?")
		.bind(userId)
		.first<{ id: string }>();
	return row?.id ?? "";
}
async function dials(userId: string, more: Record<string, string> = {}) {
	const form = { CallSid: newSid(), From: `client:${await identityOf(userId)}`, To: CALLEE, ...more };
	return { form, xml: await (await carrierPosts(DOOR, form)).text() };
}
/** The carrier tells of the line that rang. */
const leg = (xml: string, form: Record<string, string>) =>
	carrierPosts((/statusCallback="([^"]+)"/.exec(xml)?.[1] ?? "").replaceAll("&amp;", "&"), {
		CallSid: `CA${"c".repeat(32)}`,
		...form,
	});
const log = async (account: TestAccount): Promise<Call[]> =>
	((await (await account.call("/api/calls")).json()) as { items: Call[] }).items;

describe("a call from the carrier's telephone in a browser", () => {
	it("shows an own line or none, lasts as long as is paid for, and stands in the log", async () => {
		const account = await openAccount({ balanceMicros: 5 * 14_000 });
		const [first, second] = [await openLine(account), await openLine(account)];

		const { xml, form } = await dials(account.userId, { CallerId: second.e164 });

		expect(xml).toContain(`callerId="${second.e164}"`);
		expect(xml).toContain('timeLimit="300"');
		expect(xml).toContain(`>${CALLEE}</Number>`);
		expect(await log(account)).toMatchObject([{ from: second.e164, to: CALLEE, direction: "outbound", live: true }]);
		const status = { CallSid: form.CallSid, CallStatus: "completed", SequenceNumber: "3", CallDuration: "4" };
		await carrierPosts(`${DOOR}-status`, status);
		expect(await log(account)).toMatchObject([{ status: "cancelled", live: false }]);
		expect(await account.balance()).toEqual({ available: 5 * 14_000, held: 0 });
		expect((await dials(account.userId)).xml).toContain(`callerId="${first.e164}"`);
	});

	it("is one call, however often the carrier asks, and one at a time", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		await openLine(account);
		const { form, xml } = await dials(account.userId);

		const again = await (await carrierPosts(DOOR, form)).text();
		const another = await dials(account.userId);

		expect(again).toBe(xml);
		expect(another.xml).toContain("You are in a call already");
		expect(await log(account)).toHaveLength(1);
	});

	it("counts as answered only when the other end is, and costs two trips", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		await openLine(account);
		const form = { CallSid: newSid(), From: `client:${await identityOf(account.userId)}`, To: CALLEE };

		const reply = await carrierPosts(DOOR, form);

		expect(await reply.text()).toContain('answerOnBridge="true"');
		expect(reply.headers.get("server-timing")).toContain("2 round trips");
	});

	it("rings another person's browser by its call identity, once, in the log of both, for nothing", async () => {
		const [account, other] = [await openAccount({ balanceMicros: 1_000_000 }), await openAccount()];
		const [own, theirs] = [await identityOf(account.userId), await identityOf(other.userId)];

		const { xml, form } = await dials(account.userId, { To: theirs });
		const again = await (await carrierPosts(DOOR, form)).text();

		expect(xml).toMatch(new RegExp(`<Client [^>]*>${theirs}</Client>`));
		expect(xml).toContain(`callerId="client:${own}"`);
		expect(again).toBe(xml);
		expect(await log(account)).toMatchObject([{ direction: "outbound", kind: "browser", to: theirs, live: true }]);
		expect(await log(other)).toMatchObject([{ direction: "inbound", kind: "browser", from: own, status: "ringing" }]);
		await leg(xml, { CallStatus: "in-progress" });
		expect(await log(other)).toMatchObject([{ status: "in_progress", live: true }]);
		await leg(xml, { CallStatus: "completed", CallDuration: "7" });
		await carrierPosts(`${DOOR}-status`, { CallSid: form.CallSid, CallStatus: "completed", SequenceNumber: "3" });
		for (const one of [account, other])
			expect(await log(one)).toMatchObject([{ status: "completed", live: false, duration: 7 }]);
		expect(await account.balance()).toEqual({ available: 1_000_000, held: 0 });
	});

	it("is missed by a person who does not answer, and tells a caller who is blocked no more", async () => {
		const [account, other, rude] = [await openAccount(), await openAccount(), await openAccount()];
		const theirs = await identityOf(other.userId);
		const { form } = await dials(account.userId, { To: theirs });
		await other.call("/api/blocked-callers", { identity: await identityOf(rude.userId) });

		await carrierPosts(`${DOOR}-status`, { CallSid: form.CallSid, CallStatus: "completed", SequenceNumber: "3" });
		const blocked = await dials(rude.userId, { To: theirs });
		const toHimself = await dials(other.userId, { To: theirs });

		expect(await log(account)).toMatchObject([{ status: "cancelled" }]);
		expect((await log(other)).map(({ status }) => status)).toEqual(["unavailable", "missed"]);
		expect(await log(rude)).toMatchObject([{ status: "unavailable", to: theirs, live: false }]);
		for (const { xml } of [blocked, toHimself]) expect(xml).toContain("Nobody can be reached there now.");
	});

	it("rings no person's browser oftener than their room would have it, and one at a time", async () => {
		const [account, other] = [await openAccount(), await openAccount()];
		const [own, theirs] = [await identityOf(account.userId), await identityOf(other.userId)];
		const again = { To: theirs };
		const first = await dials(account.userId, again);
		expect((await dials(account.userId, again)).xml).toContain("You are in a call already");
		await carrierPosts(`${DOOR}-status`, { CallSid: first.form.CallSid, CallStatus: "completed", SequenceNumber: "3" });

		await runInDurableObject(env.SIGNALING_ROOM.getByName(theirs), (_, { storage }) => {
			storage.kv.put(`recent:ring:${own}`, Array(5_000).fill(Date.now()));
		});

		expect((await dials(account.userId, again)).xml).toContain("Nobody can be reached there now.");
		expect(await log(other)).toHaveLength(1);
	});

	it("tells that browser nothing of the caller's own making", async () => {
		const [account, other] = [await openAccount({ balanceMicros: 5_000_000 }), await openAccount()];
		await openLine(account);
		const identity = await identityOf(other.userId);

		const told = await Promise.all(
			[`${identity}?call=call_1`, `${identity}\n`, `${identity.toLowerCase()}`, `${identity},care4w-0000000`].map(
				async (To) => (await dials(account.userId, { To })).xml,
			),
		);

		expect(told.map((xml) => xml.includes("<Dial"))).toEqual(Array(4).fill(false));
		expect(await log(account)).toEqual([]);
	});

	it("is refused aloud for what may not be called, without money and without a line", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const member = await openMember(account);
		const poor = await openAccount();
		await openLine(account);
		const foreign = await openLine(poor);
		const told = [
			await dials(account.userId, { CallerId: foreign.e164 }),
			await dials(account.userId, { CallerId: '"><Number>+19005550100' }),
			await dials(account.userId, { To: "911" }),
			await dials(account.userId, { To: "+19005550100" }),
			await dials(account.userId, { To: "</Say><Dial>+19005550100</Dial>" }),
			await dials(account.userId, { To: "+93701234567" }),
			await dials(member.userId),
			await dials(poor.userId),
		];

		expect(told.map(({ xml }) => xml.includes("<Dial"))).toEqual(Array(8).fill(false));
		expect(told.every(({ xml }) => xml.includes("<Say>"))).toBe(true);
		expect(await log(account)).toEqual([]);
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});

	it("is nobody's whom the carrier does not name, and never without its signature", async () => {
		const form = { CallSid: newSid(), From: "client:care4w-0000000", To: CALLEE };

		const unknown = await carrierPosts(DOOR, form);
		const forged = await carrierPosts(DOOR, form, () => ({ signature: "AAAA" }));

		expect(await unknown.text()).toContain("<Reject");
		expect(forged.status).toBe(403);
	});
});
