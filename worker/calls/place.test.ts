import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { CarrierRefusal } from "../outside/carrier/carrier";
import { openMember } from "../test/access-matrix.people";
import { openDevice, SDP } from "../test/device";
import { fakeCarrier, timedOut } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { eventually, openLine } from "../test/line";
import { carrierPosts } from "../test/signed";
import { callbackUrl } from "./callback-url";
import type { Call, CallStory } from "./inputs";
import { lookAfterCalls } from "./look-after";
import { placeCall } from "./place";

const CALLEE = "+14155550107";
const MINUTE = 14_000;
const once = { key: null, requestHash: "" };

async function owner(balanceMicros = 5_000_000) {
	const account = await openAccount({ balanceMicros });
	const line = await openLine(account);
	const call = (more: object = {}, init: RequestInit = {}) =>
		account.call("/api/calls", { from: line.e164, to: CALLEE, ...more }, init);
	return { account, line, call };
}
const read = async (account: Pick<TestAccount, "call">, id: string): Promise<CallStory> =>
	(await account.call(`/api/calls/${id}`)).json();
const ended = (account: TestAccount, id: string) =>
	eventually(async () => {
		const call = await read(account, id);
		return call.live ? null : call;
	}, "the end");
const settled = (account: TestAccount) =>
	eventually(async () => ((await account.balance()).held === 0 ? account.balance() : null), "the settling");

describe("a call that somebody makes", () => {
	it("rings the own browser first, then the other end, and is charged by the minute that has begun", async () => {
		const { account, line, call } = await owner();
		const device = await openDevice(account);

		const reply = await call();
		const made: Call = await reply.json();
		const ring = await device.hears("ring");
		device.say({ type: "answer", call: ring.call, sdp: SDP });

		expect(reply.status).toBe(201);
		expect(made).toMatchObject({ direction: "outbound", from: line.e164, to: CALLEE, status: "queued", live: true });
		expect(ring.from.number).toBe(line.e164);
		const over = await ended(account, made.id);
		expect(over).toMatchObject({ status: "completed", answeredBy: "human" });
		const minutes = Math.ceil(over.duration / 60);
		expect(minutes).toBeGreaterThan(0);
		expect(await settled(account)).toEqual({ available: 5_000_000 - minutes * MINUTE, held: 0 });
		const { cost, legs } = await read(account, made.id);
		expect(cost).toMatchObject({ amountMicros: minutes * MINUTE });
		expect(legs).toMatchObject([{ to: CALLEE, minutes, cost: { amountMicros: minutes * MINUTE } }]);
		await device.hears("ended");
	});

	it("tells the open pages of every movement of the money at once", async () => {
		const { account, call } = await owner();
		const unsent = env.DB.prepare(
			"SELECT count(*) AS n FROM outbox WHERE account_id = ? AND type = 'wallet' AND sent_at IS NULL",
		).bind(account.accountId);
		const told = () => eventually(async () => ((await unsent.first("n")) === 0 ? true : null), "the telling");

		const made: Call = await (await call()).json();
		await told();
		await ended(account, made.id);
		await settled(account);

		await told();
	});

	it("costs nothing when one does not pick up oneself", async () => {
		const { account, call } = await owner();

		const made: Call = await (await call()).json();

		expect(await ended(account, made.id)).toMatchObject({ status: "cancelled", answeredBy: null });
		expect(await settled(account)).toEqual({ available: 5_000_000, held: 0 });
	});

	it.each([
		["+14155550004", "busy"],
		["+14155550003", "no_answer"],
		["+14155550006", "failed"],
	])("to %s ends as %s, for nothing", async (to, status) => {
		const { account, call } = await owner();
		const device = await openDevice(account);

		const made: Call = await (await call({ to })).json();
		device.say({ type: "answer", call: (await device.hears("ring")).call, sdp: SDP });

		expect(await ended(account, made.id)).toMatchObject({ status, duration: 0 });
		expect(await settled(account)).toEqual({ available: 5_000_000, held: 0 });
	});

	it("rings one's own telephone when that is asked for, and charges its leg too", async () => {
		const { account, call } = await owner();
		const refused = await call({ via: "phone" });
		await env.DB.prepare("UPDATE users SET personal_e164 = ?1, personal_national = ?2 WHERE id = ?3")
			.bind("+14155550007", `4155550007${account.userId}`, account.userId)
			.run();

		const made: Call = await (await call({ via: "phone", to: "+14155550117" })).json();

		expect(refused.status).toBe(409);
		const over = await ended(account, made.id);
		expect(over.status).toBe("completed");
		expect((await settled(account)).available).toBeLessThan(5_000_000 - Math.ceil(over.duration / 60) * MINUTE);
	});

	it("is made once under one key, and one at a time from the browser", async () => {
		const { account, call } = await owner();
		await openDevice(account);
		const headers = { "idempotency-key": crypto.randomUUID() };

		const [first, again] = [await call({}, { headers }), await call({}, { headers })];
		const [other, second] = [await call({ to: "+14155550117" }, { headers }), await call()];

		expect([first.status, again.status, other.status, second.status]).toEqual([201, 201, 409, 409]);
		expect(again.headers.get("idempotent-replayed")).toBe("true");
		expect(((await again.json()) as Call).id).toBe(((await first.json()) as Call).id);
		expect(((await second.json()) as { code: string }).code).toBe("conflict");
	});

	it.each<[string, { to?: string; from?: string; via?: string }, number]>([
		["an emergency number", { to: "911" }, 422],
		["a premium number", { to: "+19005550199" }, 422],
		["a country that is closed", { to: "+93701234567" }, 403],
		["nonsense", { to: "</Number>" }, 422],
		["the line itself", { to: "self" }, 422],
		["a line of somebody else's", { from: "+14155550199" }, 403],
		["an unknown way", { via: "pigeon" }, 422],
	])("is refused for %s, and costs nothing", async (_, wrong, status) => {
		const { account, line, call } = await owner();

		const reply = await call(wrong.to === "self" ? { to: line.e164 } : wrong);

		expect(reply.status).toBe(status);
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});

	it("is refused without money, for who asked for silence, and without signing in", async () => {
		const poor = await owner(MINUTE - 1);
		const { account, call } = await owner();
		await account.call("/api/do-not-call", { phoneNumber: CALLEE });

		const silent = await call();

		expect((await poor.call()).status).toBe(402);
		expect([silent.status, ((await silent.json()) as { code: string }).code]).toEqual([409, "opted_out"]);
		expect((await knock("/api/calls", { method: "POST" })).status).toBe(401);
	});

	it("is a member's within its limit, and from its own lines only", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const member = await openMember(account);
		const [theirs, own] = [await openLine(account, { assignedTo: member.userId }), await openLine(account)];
		const path = `/api/sub-accounts/${member.userId}`;
		await account.call(path, { spendingLimit: { amountMicros: MINUTE - 1 } }, { method: "PATCH" });
		const call = (from: string) => member.call("/api/calls", { from, to: CALLEE });

		const [foreign, beyond] = [await call(own.e164), await call(theirs.e164)];
		await account.call(path, { spendingLimit: { amountMicros: 10 * MINUTE } }, { method: "PATCH" });

		expect([foreign.status, beyond.status, (await call(theirs.e164)).status]).toEqual([403, 402, 201]);
		expect((await account.balance()).held).toBe(10 * MINUTE);
	});

	it("is not spoiled when the carrier refuses: all money comes back", async () => {
		const { account, line } = await owner();
		const carrier = fakeCarrier();
		carrier.upset("placeCall", { before: new CarrierRefusal("blocked", "21215", "not permitted") });

		const refused = placeCall(account.scope({ carrier }), { from: line.e164, to: CALLEE, via: "browser" }, once);

		await expect(refused).rejects.toMatchObject({ code: "carrier_refused" });
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
		const { items }: { items: Call[] } = await (await account.call("/api/calls")).json();
		expect(items).toMatchObject([{ status: "failed", errorCode: "carrier_refused", live: false }]);
	});
});

describe("a carrier that does not say whether it took the call", () => {
	async function unclear() {
		const { account, line } = await owner();
		const carrier = { ...fakeCarrier(), placeCall: () => Promise.reject(timedOut()) };
		const outcome = await placeCall(account.scope({ carrier }), { from: line.e164, to: CALLEE, via: "browser" }, once);
		if (outcome.state !== "pending") throw new Error(`not pending: ${outcome.state}`);
		return { account, line, id: outcome.operationId };
	}

	it("is not asked again, and a callback binds the call", async () => {
		const { account, id } = await unclear();
		const url = callbackUrl(house().settings, "agent", { callId: id });
		const CallSid = `CA${"7".repeat(31)}1`;

		const xml = await (await carrierPosts(url, { CallSid })).text();
		const second = await (await carrierPosts(url, { CallSid: `CA${"8".repeat(32)}` })).text();

		expect(xml).toContain(`>${CALLEE}</Number>`);
		expect(second).toContain("<Hangup");
		expect(await read(account, id)).toMatchObject({ status: "ringing", live: true });
	});

	it("is asked later how it went; what nobody knows of is given up, and all money comes back", async () => {
		const { account, id } = await unclear();
		expect((await account.balance()).held).toBeGreaterThan(0);
		const later = (ms: number) => house({ carrier: fakeCarrier(), now: () => Date.now() + ms });

		await lookAfterCalls(later(400_000));
		const during = await read(account, id);
		await lookAfterCalls(later(4_000_000));

		expect(during.live).toBe(true);
		expect(await read(account, id)).toMatchObject({ status: "failed", live: false });
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});

describe("a call whose last callback was lost", () => {
	it("is ended by what the carrier says of it", async () => {
		const { account, line } = await owner();
		const carrier = fakeCarrier();
		const outcome = await placeCall(account.scope({ carrier }), { from: line.e164, to: CALLEE, via: "browser" }, once);
		if (outcome.state !== "done") throw new Error("not placed");
		const [ref] = [...carrier.calls.keys()];
		const placed = carrier.calls.get(ref ?? "");
		if (placed) carrier.calls.set(placed.ref, { ...placed, status: "completed", durationSeconds: 30 });

		await lookAfterCalls(house({ carrier, now: () => Date.now() + 400_000 }));

		expect(await read(account, outcome.body.id)).toMatchObject({ live: false, status: "cancelled" });
		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});

describe("hanging up", () => {
	it("ends a call for both sides, and only one's own", async () => {
		const { account, call } = await owner();
		const stranger = await openAccount();
		const device = await openDevice(account);
		const made: Call = await (await call()).json();
		await device.hears("ring");
		const path = `/api/calls/${made.id}/hangup`;

		const foreign = await stranger.call(path, {});
		const own = await account.call(path, {});

		expect([foreign.status, own.status]).toEqual([404, 200]);
		expect(await ended(account, made.id)).toMatchObject({ status: "cancelled" });
		expect((await device.hears("ended")).reason).toBe("cancelled");
		expect((await account.call(path, {})).status).toBe(409);
	});
});
