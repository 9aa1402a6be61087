import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { settingsOf } from "../env";
import { CarrierBusy, CarrierUnclear } from "../outside/carrier/carrier";
import { fetchRecordings } from "../recordings/fetch-recording";
import { attemptsOf, draftCampaign, type TestCampaign } from "../test/campaign";
import { fakeCarrier } from "../test/fake-carrier";
import { house, openAccount, type TestAccount } from "../test/house";
import { carrierPosts } from "../test/signed";
import { type CallbackKind, callbackUrl } from "./callback-url";
import { Engine } from "./engine";
import { hearMachine } from "./hear-machine";

interface Call {
	account: TestAccount;
	campaign: TestCampaign;
	attemptId: string;
	sid: string;
	/** What the carrier is answered. */
	tell(kind: CallbackKind, form?: Record<string, string>, extra?: string): Promise<string>;
	attempt(): Promise<Record<string, unknown>>;
}

/** A ringing call of a campaign with this script; the person called is Ann. */
async function callWith(script: Record<string, unknown>, change = ""): Promise<Call> {
	const account = await openAccount({ balanceMicros: 100_000_000 });
	const campaign = await draftCampaign(account, { contacts: 1, fields: { script } });
	await env.DB.prepare(
		"UPDATE contacts SET first_name = 'Ann', custom_fields = '{\"plan\":\"Gold\"}' WHERE account_id = ?",
	)
		.bind(account.accountId)
		.run();
	await env.DB.prepare(`UPDATE campaigns SET status = 'running'${change} WHERE id = ?`).bind(campaign.id).run();
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
		async tell(kind, form = {}, extra = "") {
			const url = callbackUrl(settingsOf(env), kind, attemptId, extra);
			return (await carrierPosts(url, { CallSid: sid, AccountSid: "AC0", CallStatus: "in-progress", ...form })).text();
		},
		attempt: async () => (await attemptsOf(campaign.id))[0] ?? {},
	};
}

const redirectIn = (xml: string) => /<Redirect[^>]*>([^<#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";

describe("a campaign's script", () => {
	it("says a text with what is known of the person, in its language", async () => {
		const call = await callWith({
			greetingText: "Hola {{firstName}}, tu plan {{custom.plan}} & más.",
			language: "es-MX",
		});

		const xml = await call.tell("answer");

		expect(xml).toContain('<Say language="es-MX">Hola Ann, tu plan Gold &amp; más.</Say>');
		expect(xml).toContain('<Say language="es-MX">Para no recibir más estas llamadas, pulse 9.</Say>');
		expect(xml).toContain("<Play>");
	});

	it("needs no file when there is a text to say", async () => {
		const call = await callWith({ greetingText: "Good day." }, ", greeting_file_id = NULL");

		const xml = await call.tell("answer");

		expect(xml).not.toContain("<Play>");
		expect(xml).toContain("Good day.");
	});

	it("plays the other greeting to those who are drawn for it", async () => {
		const call = await callWith({ test: { share: 50, text: "The other offer." } });
		await env.DB.prepare("UPDATE recipients SET variant = 'b' WHERE campaign_id = ?").bind(call.campaign.id).run();

		expect(await call.tell("answer")).toContain("The other offer.");
	});

	it("leaves a message on a machine, and nothing to press", async () => {
		const call = await callWith({ machines: { do: "voicemail", text: "Call us back, {{firstName}}." } });

		const xml = await call.tell("answer", { AnsweredBy: "machine_end_beep" });

		expect(xml).toContain("Call us back, Ann.");
		expect(xml).not.toContain("<Gather");
		expect(await call.attempt()).toMatchObject({ answered_by: "machine_end_beep" });
	});

	it("hangs up on a machine, and greets a human", async () => {
		const call = await callWith({ machines: { do: "hang_up" } });

		expect(await call.tell("answer", { AnsweredBy: "machine_start" })).not.toContain("<Play>");
		const other = await callWith({ machines: { do: "hang_up" } });
		expect(await other.tell("answer", { AnsweredBy: "human" })).toContain("<Play>");
	});

	it("ends a call that turned out to be with a machine, once", async () => {
		const call = await callWith({ machines: { do: "hang_up", detection: "meanwhile" } });
		await call.tell("answer");
		const carrier = fakeCarrier();
		const endCall = vi.spyOn(carrier, "endCall").mockResolvedValue();
		const form = { CallSid: call.sid, AnsweredBy: "machine_start" };

		await hearMachine(house({ carrier }), call.attemptId, form);
		await hearMachine(house({ carrier }), call.attemptId, form);

		expect(endCall.mock.calls).toEqual([[call.sid]]);
		expect(await call.attempt()).toMatchObject({ answered_by: "machine_start" });
	});

	describe("a message for a machine that is found out while the greeting plays", () => {
		const machines = { do: "voicemail", text: "Call us back, {{firstName}}.", detection: "meanwhile" };
		async function found() {
			const call = await callWith({ machines });
			const carrier = fakeCarrier();
			const redirect = vi.spyOn(carrier, "redirectCall").mockResolvedValue();
			const tellOf = (AnsweredBy: string, CallSid = call.sid) =>
				hearMachine(house({ carrier }), call.attemptId, { CallSid, AnsweredBy });
			return { call, redirect, tellOf };
		}

		it("is what the running call is sent to, once", async () => {
			const { call, redirect, tellOf } = await found();
			expect(await call.tell("answer")).toContain("<Play>");

			await Promise.all([tellOf("machine_end_beep"), tellOf("machine_end_beep")]);

			expect(redirect.mock.calls).toEqual([[call.sid, callbackUrl(settingsOf(env), "message", call.attemptId)]]);
			const message = await call.tell("message");
			expect(message).toContain("Call us back, Ann.");
			expect(message).not.toContain("<Gather");
			expect(await call.tell("message")).toBe(message);
			await call.tell("status", { CallStatus: "completed", CallDuration: "30" });
			expect(await call.attempt()).toMatchObject({ disposition: "machine" });
		});

		it("is the answer itself when the machine is known before we are asked, and nobody is sent", async () => {
			const { call, redirect, tellOf } = await found();
			await env.DB.prepare("UPDATE attempts SET carrier_ref = NULL WHERE id = ?").bind(call.attemptId).run();

			await tellOf("machine_end_beep");

			expect(await call.tell("answer")).toContain("Call us back, Ann.");
			expect(await call.tell("answer")).toContain("Call us back, Ann.");
			expect(redirect).not.toHaveBeenCalled();
		});

		it("is left to nobody else: people, calls that are over and other calls", async () => {
			const { call, redirect, tellOf } = await found();
			const stranger = `CA${"9".repeat(32)}`;
			await call.tell("answer");
			await tellOf("machine_end_beep", stranger);
			await tellOf("human");
			const other = await found();
			await other.call.tell("answer");
			await other.call.tell("status", { CallStatus: "completed", CallDuration: "3" });
			await other.tellOf("machine_end_beep");

			expect([redirect.mock.calls, other.redirect.mock.calls]).toEqual([[], []]);
			expect(await call.attempt()).toMatchObject({ answered_by: "human" });
			expect(await call.tell("message", { CallSid: stranger })).not.toContain("Call us back");
		});

		it("is tried again when the carrier was busy, and not when nobody knows", async () => {
			const { call, redirect, tellOf } = await found();
			await call.tell("answer");
			redirect.mockRejectedValueOnce(new CarrierBusy(1, "too much to do"));

			await expect(tellOf("machine_end_beep")).rejects.toMatchObject({ code: "try_again" });
			redirect.mockRejectedValueOnce(new CarrierUnclear("cut off"));
			await tellOf("machine_end_beep");
			await tellOf("machine_end_beep");

			expect(redirect).toHaveBeenCalledTimes(2);
		});
	});

	it("asks again when nothing is pressed, as often as it says", async () => {
		const call = await callWith({ noInput: { times: 2 } });

		expect(await call.tell("answer")).toMatch(/<\/Gather><Redirect[^>]*>[^<]*answer[^<]*t=2/);
		const second = await call.tell("answer", {}, "&t=2");
		expect(second).toContain("<Gather");
		expect(second).not.toContain("<Redirect");
		expect(second).not.toContain("<Play>");
	});

	it("says what is wrong with a key, and gives up when it says so", async () => {
		const call = await callWith({ wrongInput: { times: 2, text: "That key does nothing." } });
		await call.tell("answer");

		expect(await call.tell("keys", { Digits: "5" }, "&t=1")).toContain("That key does nothing.");
		expect(await call.tell("keys", { Digits: "5" }, "&t=2")).not.toContain("<Gather");
	});

	it("notes who wants to be called back, once, and lists it", async () => {
		const call = await callWith({ keys: { "2": { do: "callback", prompt: "To be called back, press 2." } } });

		expect(await call.tell("answer")).toContain("To be called back, press 2.");
		expect(await call.tell("keys", { Digits: "2" }, "&t=1")).toContain("We will call you back");
		await call.tell("keys", { Digits: "2" }, "&t=1");

		const { items } = await (await call.account.call(`/api/campaigns/${call.campaign.id}/requests`)).json<{
			items: { id: string }[];
		}>();
		expect(items).toMatchObject([
			{ kind: "callback", name: "Ann", phoneNumber: call.campaign.numbers[0], doneAt: null },
		]);
		const path = `/api/campaigns/${call.campaign.id}/requests/${items[0]?.id}`;
		expect((await call.account.call(path, { done: true }, { method: "PATCH" })).status).toBe(200);
		expect((await (await openAccount()).call(path, { done: true }, { method: "PATCH" })).status).toBe(404);
	});

	it("thanks and says goodbye in the campaign's language", async () => {
		const script = { language: "de-DE", keys: { "3": { do: "record", maxSeconds: 30 } } };
		const call = await callWith(script);
		const toSpeak = await call.tell("keys", { Digits: "3" });
		const spoken = /action="([^"]+)"/.exec(toSpeak)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const other = await callWith(script);
		await env.DB.prepare("UPDATE campaigns SET status = 'cancelled' WHERE id = ?").bind(other.campaign.id).run();

		const thanked = await (await carrierPosts(spoken, { CallSid: call.sid, AccountSid: "AC0" })).text();
		const removed = await other.tell("keys", { Digits: "9" });

		expect(thanked).toContain('<Say language="de-DE">Vielen Dank. Auf Wiederhören.</Say>');
		expect(removed).toContain('<Say language="de-DE">Sie werden nicht wieder angerufen.');
	});

	it("records what somebody says, fetches it once, and plays it", async () => {
		const call = await callWith({ keys: { "3": { do: "record", maxSeconds: 30 } } });
		await call.tell("answer");

		const xml = await call.tell("keys", { Digits: "3" }, "&t=1");
		const told = { RecordingSid: `RE${call.sid.slice(2)}`, RecordingDuration: "12" };
		await call.tell("recorded", { ...told, CallSid: `CA${"9".repeat(32)}` });
		await call.tell("recorded", told);
		await call.tell("recorded", told);
		await call.tell("status", { CallStatus: "completed", CallDuration: "30" });
		await fetchRecordings(house({ carrier: fakeCarrier(), now: () => Date.now() + 3_600_000 }));

		expect(xml).toMatch(/<Record [^>]*maxLength="30"/);
		const { items } = await (await call.account.call(`/api/campaigns/${call.campaign.id}/requests`)).json<{
			items: { callId: string }[];
		}>();
		expect(items).toMatchObject([{ kind: "recording", seconds: 12, isRecorded: true }]);
		const heard = await call.account.call(`/api/recordings/${items[0]?.callId}`);
		expect(await heard.json()).toMatchObject({ duration: 12, url: expect.stringContaining("/media/recordings/rec_") });
		const { items: logged } = await (await call.account.call("/api/calls")).json<{ items: unknown[] }>();
		expect(logged).toMatchObject([{ live: false, recording: { kind: "call", duration: 12 } }]);
	});

	it("says who called to whoever could not be connected", async () => {
		const call = await callWith({ abandoned: { text: "This was Acme, on behalf of {{firstName}}." } });
		await call.tell("answer");
		await call.tell("keys", { Digits: "1" }, "&t=1");

		const missed = { DialCallStatus: "no-answer" };
		expect(await call.tell("transferred", missed)).toContain("This was Acme, on behalf of Ann.");
		expect(await call.tell("transferred", missed)).toContain("This was Acme");
		expect(await call.tell("transferred", { DialCallStatus: "completed" })).not.toContain("<Say");
	});

	it("connects a 1 with a telephone behind a SIP provider, and not with one that is off", async () => {
		const call = await callWith({});
		const provider = { name: "PBX", host: "sip.carrier.io", port: 5061, username: "desk", password: "s3cret" };
		const { id } = await (await call.account.call("/api/sip-providers", provider)).json<{ id: string }>();
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify({ transfer: { to: "sip", sipProviderId: id, user: "sales" } }), call.campaign.id)
			.run();
		await call.tell("answer");

		const xml = await call.tell("keys", { Digits: "1" }, "&t=1");
		await call.account.call(`/api/sip-providers/${id}/status`, { active: false }, { method: "PATCH" });

		expect(xml).toContain('<Sip username="desk" password="s3cret">sip:sales@sip.carrier.io:5061</Sip>');
		expect(await call.attempt()).toMatchObject({ digits: "1", transferred_at: expect.any(Number) });
		expect(await call.tell("keys", { Digits: "1" }, "&t=1")).toContain("Nobody can take your call");
	});

	it("rings the browsers of people of the account for a 1", async () => {
		const call = await callWith({});
		const { account } = call;
		const script = { transfer: { to: "agents", userIds: [account.userId] } };
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify(script), call.campaign.id)
			.run();
		await call.tell("answer");

		expect(await call.tell("keys", { Digits: "1" }, "&t=1")).toContain(
			`<Client>care4w-${account.userId.slice(-7)}</Client>`,
		);
	});

	it("lets an assistant take a 1", async () => {
		const call = await callWith({});
		const made = await call.account.call("/api/assistants", { name: "Iris", firstMessage: "Hello from Iris." });
		const { id } = await made.json<{ id: string }>();
		const script = { transfer: { to: "assistant", assistantId: id } };
		const patched = await call.account.call("/api/campaigns", { title: "Other", script });
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify(script), call.campaign.id)
			.run();
		await call.tell("answer");

		expect(patched.status).toBe(201);
		expect(await call.tell("keys", { Digits: "1" }, "&t=1")).toContain("Hello from Iris.");
	});

	it("charges a pretended assistant from the 1 to the end of the call, and counts it as a talk", async () => {
		const call = await callWith({}, ", transfer_minute_micros = 1000");
		const made = await call.account.call("/api/assistants", { name: "Iris", firstMessage: "Hello from Iris." });
		const { id } = await made.json<{ id: string }>();
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify({ transfer: { to: "assistant", assistantId: id } }), call.campaign.id)
			.run();
		await env.DB.prepare("UPDATE attempts SET transfer_minute_micros = 1000 WHERE id = ?").bind(call.attemptId).run();
		await call.tell("answer");
		await call.tell("keys", { Digits: "1" }, "&t=1");
		await env.DB.prepare("UPDATE attempts SET connected_at = connected_at - 61000 WHERE id = ?")
			.bind(call.attemptId)
			.run();

		await call.tell("status", { CallStatus: "completed", CallDuration: "70", SequenceNumber: "3" });

		const { cost_micros, minute_micros, transfer_seconds } = await call.attempt();
		expect(cost_micros).toBe(2 * Number(minute_micros) + 2 * 1000);
		expect(transfer_seconds).toBeGreaterThanOrEqual(61);
		const people = await call.account.call(`/api/campaigns/${call.campaign.id}/recipients`);
		expect((await people.json<{ items: unknown[] }>()).items).toMatchObject([
			{ outcome: "transferred", connectedAt: expect.any(String) },
		]);
	});

	it("lets a 1 wait in a queue, where an agent takes it, and logs the call once", async () => {
		const call = await callWith({});
		const { account } = call;
		const queue = await (await account.call("/api/queues", { name: "Sales" })).json<{ id: string }>();
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify({ transfer: { to: "queue", queueId: queue.id } }), call.campaign.id)
			.run();
		await call.tell("answer");
		const onwards = async (xml: string) =>
			(await carrierPosts(redirectIn(xml), { CallSid: call.sid, CallStatus: "in-progress" })).text();

		const pressed = await call.tell("keys", { Digits: "1" }, "&t=1");
		const again = await call.tell("keys", { Digits: "1" }, "&t=1");
		const waiting = await onwards(await onwards(pressed));
		const [entry] = await (await account.call(`/api/queues/${queue.id}/calls`)).json<Record<string, unknown>[]>();
		const [live] = (await (await account.call("/api/calls")).json<{ items: Record<string, unknown>[] }>()).items;
		await env.DB.prepare("UPDATE queue_calls SET state = 'connected', ended_at = ? WHERE account_id = ?")
			.bind(Date.now() - 9_000, account.accountId)
			.run();
		await call.tell("status", { CallStatus: "completed", CallDuration: "70", SequenceNumber: "3" });
		const { items } = await (await account.call("/api/calls")).json<{ items: Record<string, unknown>[] }>();

		expect(again).toBe(pressed);
		expect(waiting).toContain("You are next in line");
		expect(entry).toMatchObject({ name: "Ann", position: 1, state: "waiting" });
		expect(entry?.from).toBe((await call.attempt()).e164);
		expect(live).toMatchObject({ kind: "campaign", live: true, campaign: call.campaign.id });
		expect(items).toMatchObject([{ id: live?.id, status: "completed", live: false, duration: 70 }]);
		expect(await (await account.call(`/api/queues/${queue.id}/calls`)).json()).toEqual([]);
		const attempt = await call.attempt();
		expect(attempt).toMatchObject({ disposition: "transferred", connected_at: expect.any(Number) });
		expect(attempt.transfer_seconds).toBeGreaterThanOrEqual(9);
	});

	it("tells whoever waits where in line in the campaign's language", async () => {
		const call = await callWith({});
		const queue = await (await call.account.call("/api/queues", { name: "Ventas" })).json<{ id: string }>();
		await env.DB.prepare("UPDATE campaigns SET script = ? WHERE id = ?")
			.bind(JSON.stringify({ language: "es-MX", transfer: { to: "queue", queueId: queue.id } }), call.campaign.id)
			.run();
		await call.tell("answer");
		const onwards = async (xml: string) =>
			(await carrierPosts(redirectIn(xml), { CallSid: call.sid, CallStatus: "in-progress" })).text();

		const waiting = await onwards(await onwards(await call.tell("keys", { Digits: "1" }, "&t=1")));

		expect(waiting).toContain('<Say language="es-MX">Usted es el siguiente.');
	});

	it("says the campaign's own words to whoever the queue has no room for, or no agent", async () => {
		const call = await callWith({ abandoned: { text: "This was Acme, {{firstName}}." } });
		const { account } = call;
		const queue = await (await account.call("/api/queues", { name: "Sales", maxWaitSeconds: 10 })).json<{
			id: string;
		}>();
		await env.DB.prepare("UPDATE campaigns SET script = json_set(script, '$.transfer', json(?)) WHERE id = ?")
			.bind(JSON.stringify({ to: "queue", queueId: queue.id }), call.campaign.id)
			.run();
		await call.tell("answer");
		const onwards = async (xml: string) =>
			(await carrierPosts(redirectIn(xml), { CallSid: call.sid, CallStatus: "in-progress" })).text();
		const waiting = await onwards(await onwards(await call.tell("keys", { Digits: "1" }, "&t=1")));
		await env.DB.prepare("UPDATE queue_calls SET entered_at = entered_at - 20000 WHERE account_id = ?")
			.bind(account.accountId)
			.run();

		expect(await onwards(waiting)).toContain("This was Acme, Ann.");
		await account.call(`/api/queues/${queue.id}`, undefined, { method: "DELETE" });
		expect(await call.tell("keys", { Digits: "1" }, "&t=2")).toContain("This was Acme, Ann.");
	});

	it.each([
		{ to: "queue", queueId: "que_1" },
		{ to: "sip", sipProviderId: "sip_1" },
		{ to: "assistant", assistantId: "ast_1" },
		{ to: "agents", userIds: ["usr_1"] },
	])("connects nobody with somebody else's: %o", async (transfer) => {
		const account = await openAccount();

		expect((await account.call("/api/campaigns", { title: "A", script: { transfer } })).status).toBe(404);
	});

	it("texts whoever asks for it, once, in the account's name", async () => {
		const call = await callWith({ keys: { "4": { do: "sms", text: "Our address, {{firstName}}: 1 High St." } } });
		await call.tell("answer");

		const replies = [
			await call.tell("keys", { Digits: "4" }, "&t=1"),
			await call.tell("keys", { Digits: "4" }, "&t=1"),
		];

		expect(replies.map((xml) => xml.includes("We have sent you a message."))).toEqual([true, true]);
		const { results } = await env.DB.prepare("SELECT body, direction FROM messages WHERE account_id = ?")
			.bind(call.account.accountId)
			.all();
		expect(results).toEqual([{ body: "Our address, Ann: 1 High St.", direction: "outbound" }]);
	});

	it("says so when it cannot send a text", async () => {
		const call = await callWith({ keys: { "4": { do: "sms", text: "Hello" } } });
		await env.DB.prepare("UPDATE numbers SET can_sms = 0 WHERE account_id = ?").bind(call.account.accountId).run();
		await call.tell("answer");

		expect(await call.tell("keys", { Digits: "4" }, "&t=1")).toContain("We could not send you a message.");
	});

	it("keeps 1 and 9 what they are, whatever the script says", async () => {
		const account = await openAccount();

		for (const key of ["1", "9", "12", "#"]) {
			const reply = await account.call("/api/campaigns", {
				title: "A",
				script: { keys: { [key]: { do: "callback" } } },
			});
			expect([key, reply.status]).toEqual([key, 422]);
		}
	});

	it("plays no file of somebody else's", async () => {
		const other = await draftCampaign(await openAccount());
		const account = await openAccount();

		for (const script of [
			{ abandoned: { greetingFileId: other.greetingId } },
			{ test: { share: 10, greetingFileId: other.greetingId } },
			{ keys: { "2": { do: "play", greetingFileId: other.greetingId } } },
		])
			expect((await account.call("/api/campaigns", { title: "A", script })).status).toBe(404);
	});

	it.each([
		["nothing to play", { keys: { "2": { do: "play" } } }],
		["a message without words", { machines: { do: "voicemail" } }],
		["everybody in the test", { test: { share: 100, text: "Hi" } }],
		["something that is no script", { shout: true }],
	])("refuses %s", async (_, script) => {
		expect((await (await openAccount()).call("/api/campaigns", { title: "A", script })).status).toBe(422);
	});

	it("keeps a file that a campaign's script plays", async () => {
		const account = await openAccount();
		const { greetingId } = await draftCampaign(account);
		await env.DB.prepare("UPDATE campaigns SET greeting_file_id = NULL, script = ? WHERE account_id = ?")
			.bind(JSON.stringify({ abandoned: { greetingFileId: greetingId } }), account.accountId)
			.run();

		expect((await account.call(`/api/greeting-files/${greetingId}`, undefined, { method: "DELETE" })).status).toBe(409);
	});
});
