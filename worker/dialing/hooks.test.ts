import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { callOfAttempt } from "../calls/store";
import { settingsOf } from "../env";
import { attemptsOf, type CampaignParts, draftCampaign, type TestCampaign } from "../test/campaign";
import { fakeCarrier } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { carrierPosts, type SignedParts } from "../test/signed";
import { type CallbackKind, callbackUrl } from "./callback-url";
import { Engine } from "./engine";

interface Call {
	account: TestAccount;
	campaign: TestCampaign;
	attemptId: string;
	sid: string;
	/** Tells us something about the call, as the carrier would. */
	tell(kind: CallbackKind, form: Record<string, string>, extra?: string): Promise<Response>;
	attempt(): Promise<Record<string, unknown>>;
}

/** A call that the carrier has taken and that has not been answered yet. */
async function callInTheAir(parts: CampaignParts = {}): Promise<Call> {
	const account = await openAccount({ balanceMicros: 100_000_000 });
	const campaign = await draftCampaign(account, { contacts: 1, ...parts });
	await env.DB.prepare("UPDATE campaigns SET status = 'running', started_at = 1 WHERE id = ?").bind(campaign.id).run();
	const journal = { note: () => {}, settle: () => {}, open: () => [] };
	await new Engine(house({ carrier: fakeCarrier() }), campaign.id, journal, 10).run(Date.now() + 10_000);
	const [placed] = await attemptsOf(campaign.id);
	const attemptId = String(placed?.id);
	const sid = String(placed?.carrier_ref);
	return {
		account,
		campaign,
		attemptId,
		sid,
		tell: (kind, form, extra = "") =>
			carrierPosts(callbackUrl(settingsOf(env), kind, attemptId, extra), { CallSid: sid, AccountSid: "AC0", ...form }),
		attempt: async () => (await attemptsOf(campaign.id))[0] ?? {},
	};
}

const status = (CallStatus: string, SequenceNumber: string, more = {}) => ({ CallStatus, SequenceNumber, ...more });

describe("voice hooks", () => {
	it("greet whoever picks up, offer the desk and the way out", async () => {
		const call = await callInTheAir();

		const reply = await call.tell("answer", { CallStatus: "in-progress" });

		expect(reply.status).toBe(200);
		expect(reply.headers.get("content-type")).toContain("text/xml");
		const xml = await reply.text();
		expect(xml).toContain("<Play>https://trunkline.test/media/");
		expect(xml).toContain("press 1");
		expect(xml).toContain("press 9");
		expect(await call.attempt()).toMatchObject({ state: "live", call_status: "in-progress" });
	});

	it("answer in one round trip", async () => {
		const call = await callInTheAir();

		const reply = await call.tell("answer", { CallStatus: "in-progress" });

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it("give the same answer to the same question", async () => {
		const call = await callInTheAir();
		const first = await (await call.tell("answer", { CallStatus: "in-progress" })).text();

		const again = await (await call.tell("answer", { CallStatus: "in-progress" })).text();

		const unsigned = (xml: string) => xml.replaceAll(/(\?|&amp;)\w+=[\w-]*/g, "");
		expect(unsigned(again)).toBe(unsigned(first));
	});

	it("hang up on a second call for the same attempt", async () => {
		const call = await callInTheAir();

		const reply = await call.tell("answer", { CallSid: "CAdouble", CallStatus: "in-progress" });

		expect(await reply.text()).toMatch(/<Response><Hangup\/><\/Response>/);
		expect(await call.attempt()).toMatchObject({ state: "live", carrier_ref: call.sid, answered_at: null });
	});

	it("hang up when the campaign has been cancelled", async () => {
		const call = await callInTheAir();
		await call.account.call(`/api/campaigns/${call.campaign.id}/cancel`, {});

		expect(await (await call.tell("answer", { CallStatus: "in-progress" })).text()).toMatch(
			/<Response><Hangup\/><\/Response>/,
		);
	});

	it("hang up on somebody who said stop while it rang", async () => {
		const call = await callInTheAir();
		await env.DB.prepare(
			"INSERT INTO consent_events (account_id, e164, action, source, created_at) VALUES (?, ?, 'stop', 'sms', 1)",
		)
			.bind(call.account.accountId, call.campaign.numbers[0])
			.run();

		expect(await (await call.tell("answer", { CallStatus: "in-progress" })).text()).toMatch(
			/<Response><Hangup\/><\/Response>/,
		);
	});

	it("connect on 1 with the campaign's own number, and count the transfer once", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });

		const replies = [await call.tell("keys", { Digits: "1" }), await call.tell("keys", { Digits: "1" })];

		for (const reply of replies) {
			const xml = await reply.text();
			expect(xml).toContain(`>${call.campaign.transferNumber}</Number>`);
			expect(xml).toContain(`callerId="${call.campaign.caller}"`);
		}
		const [desk] = (await (await call.account.call("/api/campaigns")).json<{ transferredCalls: number }[]>()) ?? [];
		expect(desk?.transferredCalls).toBe(1);
		const row = await env.DB.prepare("SELECT call_count FROM transfer_numbers WHERE account_id = ?")
			.bind(call.account.accountId)
			.first();
		expect(row).toEqual({ call_count: 1 });
	});

	it("stand in the call's story", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });
		await call.tell("keys", { Digits: "1" });
		await call.tell("transferred", { DialCallStatus: "completed", DialCallDuration: "31" });
		await call.tell("status", status("completed", "3", { CallDuration: "40" }));
		const path = `/api/calls/${callOfAttempt(call.attemptId)}`;

		const reply = await call.account.call(path);
		const { events } = await reply.json<{ events: { kind: string; detail: object }[] }>();

		expect(events.map(({ kind }) => kind)).toEqual(["greeted", "pressed", "dialed", "status"]);
		expect(events[1]?.detail).toMatchObject({ digits: "1" });
		expect(events[2]?.detail).toMatchObject({ status: "completed", seconds: 31 });
		expect(events[3]?.detail).toEqual({ status: "completed", seconds: 40 });
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		expect((await (await openAccount()).call(path)).status).toBe(404);
	});

	it("remove for ever on 9, before the answer", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });

		const reply = await call.tell("keys", { Digits: "9" });

		expect(await reply.text()).toContain("not be called again");
		const { results } = await env.DB.prepare("SELECT e164, scope, source FROM suppressions WHERE account_id = ?")
			.bind(call.account.accountId)
			.all();
		expect(results).toEqual([{ e164: call.campaign.numbers[0], scope: "all", source: "keypress" }]);
		await call.tell("status", status("completed", "3", { CallDuration: "9" }));
		expect(await call.attempt()).toMatchObject({ disposition: "opted_out" });
	});

	it("honour a 9 that arrives after the call has ended", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });
		await call.tell("status", status("completed", "3", { CallDuration: "9" }));

		await call.tell("keys", { Digits: "9" });

		const { results } = await env.DB.prepare("SELECT e164 FROM suppressions WHERE account_id = ?")
			.bind(call.account.accountId)
			.all();
		expect(results).toHaveLength(1);
	});

	it.each(["5", "*", "11", ""])("ask once more after %j, then say goodbye", async (Digits) => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });

		const first = await (await call.tell("keys", { Digits }, "&t=1")).text();
		const second = await (await call.tell("keys", { Digits }, "&t=2")).text();

		expect(first).toContain("<Gather");
		expect(second).not.toContain("<Gather");
		expect(second).toContain("<Hangup/>");
	});

	it("offer no desk, and connect nobody, without a transfer number", async () => {
		const call = await callInTheAir({ transfer: false });

		const greeting = await (await call.tell("answer", { CallStatus: "in-progress" })).text();
		const pressed = await (await call.tell("keys", { Digits: "1" })).text();

		expect(greeting).not.toContain("press 1");
		expect(pressed).not.toContain("<Dial");
	});

	it("charge begun minutes of the call and of the transfer, and give back the rest", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });
		await call.tell("keys", { Digits: "1" });
		await call.tell("transferred", { DialCallStatus: "completed", DialCallDuration: "61" });
		await call.tell("status", status("completed", "3", { CallDuration: "75" }));

		expect(await call.attempt()).toMatchObject({
			state: "ended",
			disposition: "transferred",
			duration_seconds: 75,
			transfer_seconds: 61,
			cost_micros: 4 * 14_000,
		});
		expect(await call.account.balance()).toEqual({ available: 100_000_000 - 56_000, held: 0 });
	});

	it.each(["before", "after"])("count a talk once when it is told %s the call's end", async (when) => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });
		await call.tell("keys", { Digits: "1" });
		const talk = () => call.tell("transferred", { DialCallStatus: "completed", DialCallDuration: "20" });
		const end = () => call.tell("status", status("completed", "3", { CallDuration: "40" }));

		for (const told of when === "before" ? [talk, talk, end] : [end, talk, talk]) await told();

		expect(await call.attempt()).toMatchObject({ transfer_seconds: 20, connected_at: expect.any(Number) });
		const report = await call.account.call(`/api/campaigns/${call.campaign.id}/report`);
		expect(await report.json()).toMatchObject({
			funnel: { transferred: 1, connected: 1 },
			campaign: { counters: { transferred: 1, connected: 1, connectedSeconds: 20 } },
		});
	});

	it("tell a 1 that nobody took from a talk", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });
		await call.tell("keys", { Digits: "1" });
		await call.tell("transferred", { DialCallStatus: "no-answer" });
		await call.tell("status", status("completed", "3", { CallDuration: "40" }));

		expect(await call.attempt()).toMatchObject({ disposition: "transferred", connected_at: null });
		const report = await call.account.call(`/api/campaigns/${call.campaign.id}/report`);
		expect(await report.json()).toMatchObject({
			funnel: { transferred: 1, connected: 0 },
			costs: { perTransferMicros: 14_000, perConnectMicros: null },
		});
	});

	it("tell a caller whom nobody could take", async () => {
		const call = await callInTheAir();
		await call.tell("answer", { CallStatus: "in-progress" });

		const reply = await call.tell("transferred", { DialCallStatus: "no-answer" });

		expect(await reply.text()).toContain("Nobody can take your call");
	});

	it.each([
		["busy", "busy"],
		["no-answer", "no_answer"],
		["failed", "failed"],
		["canceled", "cancelled"],
	])("end a call that is %s as %s, for nothing", async (word, disposition) => {
		const call = await callInTheAir();

		expect((await call.tell("status", status(word, "2"))).status).toBe(204);

		expect(await call.attempt()).toMatchObject({ state: "ended", disposition, cost_micros: 0 });
		expect(await call.account.balance()).toEqual({ available: 100_000_000, held: 0 });
	});

	it("come to the same end in whatever order, and however often, the callbacks come", async () => {
		const story = [
			status("initiated", "0"),
			status("ringing", "1"),
			status("in-progress", "2"),
			status("completed", "3", { CallDuration: "30" }),
		];
		for (const order of permutations(story)) {
			const call = await callInTheAir();
			for (const form of [...order, ...order.toReversed()]) expect((await call.tell("status", form)).status).toBe(204);

			expect(await call.attempt()).toMatchObject({
				state: "ended",
				disposition: "answered",
				call_status: "completed",
				cost_micros: 14_000,
			});
			expect(await call.account.balance()).toEqual({ available: 100_000_000 - 14_000, held: 0 });
			expect(await (await call.account.call(`/api/campaigns/${call.campaign.id}`)).json()).toMatchObject({
				totalCalls: 1,
				answeredCalls: 1,
			});
		}
	});

	it("take a callback that comes before the carrier's own answer", async () => {
		const call = await callInTheAir();
		await env.DB.prepare("UPDATE attempts SET state = 'dialing', carrier_ref = NULL WHERE id = ?")
			.bind(call.attemptId)
			.run();

		await call.tell("status", status("ringing", "1"));

		expect(await call.attempt()).toMatchObject({ state: "live", carrier_ref: call.sid });
	});

	it("never let a word that they do not know end a call", async () => {
		const call = await callInTheAir();

		expect((await call.tell("status", status("teleported", "7"))).status).toBe(204);

		expect(await call.attempt()).toMatchObject({ state: "live" });
	});

	it("keep every event once", async () => {
		const call = await callInTheAir();
		await call.tell("status", status("ringing", "1"));
		await call.tell("status", status("ringing", "1"));

		const { results } = await env.DB.prepare("SELECT event_key, account_id FROM carrier_events WHERE attempt_id = ?")
			.bind(call.attemptId)
			.all();
		expect(results).toEqual([{ event_key: `${call.sid}:1:ringing`, account_id: call.account.accountId }]);
	});
});

describe("a forged callback", () => {
	const forgeries: [string, number, (parts: SignedParts) => Partial<SignedParts>][] = [
		["without a signature", 400, () => ({ signature: null })],
		["with another signature", 403, () => ({ signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" })],
		["with a changed body", 403, ({ form }) => ({ form: { ...form, CallStatus: "busy" } })],
		["with a parameter more", 403, ({ form }) => ({ form: { ...form, Extra: "1" } })],
		["for another address", 403, ({ path }) => ({ path: `${path}&x=1` })],
	];

	it.each(forgeries)("%s is answered %d and changes nothing", async (_, code, forge) => {
		const call = await callInTheAir();
		const before = await call.attempt();

		const url = callbackUrl(settingsOf(env), "status", call.attemptId);
		const reply = await carrierPosts(
			url,
			{ CallSid: call.sid, ...status("completed", "3", { CallDuration: "60" }) },
			forge,
		);

		expect(reply.status).toBe(code);
		expect(await call.attempt()).toEqual(before);
	});

	it("that the carrier signed but we never made is refused", async () => {
		const call = await callInTheAir();
		const other = await callInTheAir();
		const url = callbackUrl(settingsOf(env), "status", call.attemptId).replace(call.attemptId, other.attemptId);

		const reply = await carrierPosts(url, { CallSid: other.sid, ...status("completed", "3") });

		expect(reply.status).toBe(403);
		expect(await other.attempt()).toMatchObject({ state: "live" });
	});

	it("that came by GET finds nothing", async () => {
		const call = await callInTheAir();
		const { pathname, search } = new URL(callbackUrl(settingsOf(env), "status", call.attemptId));

		expect((await knock(pathname + search, { headers: { "x-twilio-signature": "x" } })).status).toBeGreaterThanOrEqual(
			400,
		);
	});

	it("for an attempt that is no more is answered and changes nothing", async () => {
		const url = callbackUrl(settingsOf(env), "status", "att_gone");

		expect((await carrierPosts(url, { CallSid: "CA1", ...status("ringing", "1") })).status).toBe(204);
	});

	it("without a call's id is refused as unreadable", async () => {
		const url = callbackUrl(settingsOf(env), "status", "att_gone");

		expect((await carrierPosts(url, { CallStatus: "ringing" })).status).toBe(422);
	});
});

function permutations<T>(items: T[]): T[][] {
	return items.length <= 1
		? [items]
		: items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
