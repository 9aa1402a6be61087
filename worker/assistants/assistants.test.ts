import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { AssistantRefusal } from "../outside/assistant/assistant";
import { pretendedSecret } from "../outside/assistant/simulated";
import { openMember } from "../test/access-matrix.people";
import { fakeAssistants, nobodyKnows } from "../test/fake-assistants";
import { fakeCarrier, freshNumbers } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { testSettings } from "../test/settings";
import { carrierPosts } from "../test/signed";
import { pullReports } from "./calls/pull";
import { changeAssistant } from "./change";
import { connectNumber } from "./connections/connect";
import { settleConnections } from "./connections/settle";
import { createAssistant } from "./create";
import { dialTarget } from "./dial-target";
import { giveUpAssistants } from "./erase";
import { AssistantInput } from "./inputs";
import { removeAssistant } from "./remove";
import { settleAssistants } from "./settle";

const HOUR = 3_600_000;
const once = { key: null, requestHash: "" };
const desk = AssistantInput.parse({ name: "Front desk", firstMessage: "Hello!" });

async function assistantOf(account: TestAccount, name = "Front desk"): Promise<string> {
	const reply = await account.call("/api/assistants", { name, firstMessage: "Hello!" });
	return (await reply.json<{ id: string }>()).id;
}

async function numberOf({ accountId }: TestAccount): Promise<{ id: string; e164: string }> {
	const [e164 = ""] = freshNumbers(1);
	const id = `num_${ulid()}`;
	await env.DB.prepare(
		`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, can_voice, can_sms, monthly_micros, purchased_at, created_at)
		VALUES (?1, ?2, ?3, 'active', 'US', 'local', 'simulated', ?1, 1, 1, 0, 1, 1)`,
	)
		.bind(id, accountId, e164)
		.run();
	return { id, e164 };
}

const put = (account: TestAccount, numberId: string, assistantId: string | null) =>
	account.call(`/api/phone-numbers/${numberId}`, { assistantId }, { method: "PUT" });

const connectionOf = async (account: TestAccount, numberId: string) => {
	const all = await (await account.call("/api/assistants/connections")).json<Record<string, unknown>[]>();
	return all.find(({ phoneNumberId }) => phoneNumberId === numberId);
};

describe("assistants", () => {
	it("are made, listed, changed and deleted", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		const made = await account.call("/api/assistants", { name: " Front desk ", first_message: "Hello!" });
		const { id } = await made.clone().json<{ id: string }>();
		const changed = await account.call(`/api/assistants/${id}`, { instructions: "Be brief." }, { method: "PATCH" });
		const list = await (await account.call("/api/assistants")).json<{ items: object[]; nextCursor: null }>();
		const gone = await account.call(`/api/assistants/${id}`, undefined, { method: "DELETE" });

		expect(made.status).toBe(201);
		expect(await made.json()).toMatchObject({
			name: "Front desk",
			firstMessage: "Hello!",
			status: "active",
			error: null,
		});
		expect(await changed.json()).toMatchObject({ firstMessage: "Hello!", instructions: "Be brief.", status: "active" });
		expect(list.items).toMatchObject([{ id }]);
		expect(await gone.json()).toEqual({ success: true, status: "deleted" });
		expect((await account.call(`/api/assistants/${id}`)).status).toBe(404);
	});

	it("are made once under one Idempotency-Key", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const headers = { "idempotency-key": ulid() };
		const body = { name: "Front desk" };

		const first = await account.call("/api/assistants", body, { headers });
		const again = await account.call("/api/assistants", body, { headers });
		const other = await account.call("/api/assistants", { name: "Night desk" }, { headers });

		expect(await again.json()).toEqual(await first.json());
		expect([first.status, again.status, other.status]).toEqual([201, 201, 409]);
	});

	it.each([
		[{}],
		[{ name: "" }],
		[{ name: "x".repeat(41) }],
		[{ name: "A", maxDurationSeconds: 9 }],
		[{ name: "A", maxDurationSeconds: 43_201 }],
		[{ name: "A", transferTo: "12" }],
		[{ name: "A", transferTo: "+19005550199" }],
		[{ name: "A", voice: "somebody" }],
		[{ name: "A", status: "active" }],
		[{ name: "A", providerRef: "va_1" }],
	])("refuse %j", async (body) => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		expect((await account.call("/api/assistants", body)).status).toBe(422);
	});

	it("are somebody's own", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const id = await assistantOf(owner);
		const ask = (method: string, body?: object) => stranger.call(`/api/assistants/${id}`, body, { method });

		const replies = [await ask("GET"), await ask("PATCH", { name: "Mine" }), await ask("DELETE")];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
	});

	it("stay in error with what was written when the provider refuses, and can be mended", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		assistants.upset("create", { before: new AssistantRefusal("other", "no such voice") });

		const refused = await createAssistant(account.scope({ assistants }), desk, once);
		const { items } = await (await account.call("/api/assistants")).json<{ items: { id: string }[] }>();
		assistants.upset("create", null);
		const mended = await changeAssistant(account.scope({ assistants }), items[0]?.id ?? "", { voice: "Lily" });

		expect(refused).toMatchObject({ state: "failed", fault: { code: "carrier_refused" } });
		expect(items).toMatchObject([{ status: "error", error: expect.stringContaining("no such voice") }]);
		expect(mended).toMatchObject({ status: "active", voice: "Lily", error: null });
	});

	it("are found again by the completer when nobody knew whether they were made", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		assistants.upset("create", { after: nobodyKnows() });

		const unclear = await createAssistant(account.scope({ assistants }), desk, once);
		assistants.upset("create", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		const { items } = await (await account.call("/api/assistants")).json<{ items: object[] }>();
		expect(unclear.state).toBe("pending");
		expect(items).toMatchObject([{ status: "active" }]);
		expect(assistants.specs.size).toBe(1);
	});

	it("are as before at both ends when a change is refused", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = "", kept] = []] = assistants.specs;
		assistants.upset("update", { before: new AssistantRefusal("other", "no") });

		const refusal = await changeAssistant(scope, ref.slice(3), { name: "Night desk" }).catch((fault: unknown) => fault);

		const reply = await account.call(`/api/assistants/${ref.slice(3)}`);
		expect(refusal).toMatchObject({ code: "carrier_refused" });
		expect(await reply.json()).toMatchObject({ name: "Front desk", status: "active" });
		expect(assistants.specs.get(ref)).toEqual(kept);
	});

	it("take one change at a time, and come to it in the end", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = ""] = []] = assistants.specs;
		assistants.upset("update", { before: nobodyKnows() });

		const pending = await changeAssistant(scope, ref.slice(3), { name: "Night desk" });
		const second = await changeAssistant(scope, ref.slice(3), { name: "Day desk" }).catch((fault: unknown) => fault);
		assistants.upset("update", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		const after = await (await account.call(`/api/assistants/${ref.slice(3)}`)).json();
		expect(pending.status).toBe("pending");
		expect(second).toMatchObject({ code: "in_progress" });
		expect(after).toMatchObject({ name: "Night desk", status: "active" });
		expect(assistants.specs.get(ref)?.name).toBe("Night desk");
	});

	it("go from the provider in the end when it does not tell", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [[ref = ""] = []] = assistants.specs;
		assistants.upset("remove", { before: nobodyKnows() });

		const first = await removeAssistant(scope, ref.slice(3));
		assistants.upset("remove", null);
		await settleAssistants(house({ assistants, now: () => Date.now() + HOUR }));

		expect(first).toBe("deleting");
		expect(assistants.specs.size).toBe(0);
		expect((await account.call(`/api/assistants/${ref.slice(3)}`)).status).toBe(404);
	});
});

describe("a number that an assistant answers", () => {
	it("says so once the provider does, and has its own routing again afterwards", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const [assistantId, number] = [await assistantOf(account), await numberOf(account)];

		const connected = await put(account, number.id, assistantId);
		const between = await connectionOf(account, number.id);
		const kept = await account.call(`/api/assistants/${assistantId}`, undefined, { method: "DELETE" });
		const disconnected = await put(account, number.id, null);

		expect([connected.status, await connected.json()]).toMatchObject([200, { assistantId }]);
		expect(between).toMatchObject({ assistantId, status: "active" });
		expect(kept.status).toBe(409);
		expect([disconnected.status, await disconnected.json()]).toMatchObject([200, { assistantId: null }]);
		expect(await connectionOf(account, number.id)).toMatchObject({ assistantId: null, status: "none" });
	});

	it("is nobody else's to connect, nor with anybody else's assistant", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const [own, foreign] = [await assistantOf(owner), await assistantOf(stranger)];
		const number = await numberOf(owner);
		const member = await openMember(owner);

		const replies = [
			await put(owner, number.id, foreign),
			await put(stranger, number.id, foreign),
			await put(owner, number.id, "asst_nobody"),
			await member.call(`/api/phone-numbers/${number.id}`, { assistantId: own }, "PUT"),
			await put(owner, "num_nobody", own),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 403, 404]);
		expect(await connectionOf(owner, number.id)).toMatchObject({ status: "none" });
	});

	it("keeps the assistant that it had when the provider refuses", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		await createAssistant(scope, { ...desk, name: "Night desk" }, once);
		const [first = "", second = ""] = [...assistants.specs.keys()].map((ref) => ref.slice(3));
		const number = await numberOf(account);
		await connectNumber(scope, number.id, first);
		assistants.upset("pointNumber", { before: new AssistantRefusal("other", "no") });

		const refused = await connectNumber(scope, number.id, second).catch((fault: unknown) => fault);

		expect(refused).toMatchObject({ code: "carrier_refused" });
		expect(await connectionOf(account, number.id)).toMatchObject({
			assistantId: first,
			wantedAssistantId: second,
			status: "error",
		});
		expect(assistants.numbers.get(number.e164)).toBe(`va_${first}`);
	});

	it("is never said to be connected while nobody knows, and the completer finds out", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [ref = ""] = assistants.specs.keys();
		const number = await numberOf(account);
		assistants.upset("importNumber", { after: nobodyKnows() });

		const isSettled = await connectNumber(scope, number.id, ref.slice(3));
		const between = await connectionOf(account, number.id);
		const second = await connectNumber(scope, number.id, ref.slice(3)).catch((fault: unknown) => fault);
		await settleConnections(house({ assistants, now: () => Date.now() + HOUR }));

		expect(isSettled).toBe(false);
		expect(between).toMatchObject({ assistantId: null, status: "pending" });
		expect(second).toMatchObject({ code: "in_progress" });
		expect(await connectionOf(account, number.id)).toMatchObject({ assistantId: ref.slice(3), status: "active" });
	});

	it("is taken from the provider when it is given up", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [ref = ""] = assistants.specs.keys();
		const number = await numberOf(account);
		await connectNumber(scope, number.id, ref.slice(3));

		await env.DB.prepare("UPDATE numbers SET status = 'released' WHERE id = ?").bind(number.id).run();
		await settleConnections(house({ assistants }));

		expect(assistants.numbers.size).toBe(0);
		expect(await removeAssistant(scope, ref.slice(3))).toBe("deleted");
	});
});

describe("an account that goes", () => {
	it("takes its numbers and assistants from the provider, however often it is asked", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [ref = ""] = assistants.specs.keys();
		const number = await numberOf(account);
		await connectNumber(scope, number.id, ref.slice(3));
		assistants.upset("remove", { before: nobodyKnows() });

		const first = await giveUpAssistants(house({ assistants }), account.accountId);
		assistants.upset("remove", null);
		const second = await giveUpAssistants(house({ assistants }), account.accountId);
		const third = await giveUpAssistants(house({ assistants }), account.accountId);

		expect([first, second, third]).toEqual([false, true, true]);
		expect([assistants.specs.size, assistants.numbers.size]).toEqual([0, 0]);
	});
});

const SECRET = pretendedSecret(testSettings.MEDIA_SECRET);
const tell = (message: object, headers: Record<string, string> = { "x-vapi-secret": SECRET }) =>
	knock("/webhooks/vapi", { method: "POST", headers, body: JSON.stringify({ message }) });

/** An account with an assistant on a number, and a call on its way there. */
async function callTo(account: TestAccount) {
	const [assistantId, number] = [await assistantOf(account), await numberOf(account)];
	await put(account, number.id, assistantId);
	const callRef = `call-${ulid()}`;
	const call = {
		id: callRef,
		type: "inboundPhoneCall",
		phoneCallProviderId: `CA${ulid()}`,
		assistantId: `sim_${assistantId}`,
		phoneNumber: { number: number.e164 },
		customer: { number: "+14155550199" },
	};
	return { assistantId, number, call };
}

const report = (call: object, more: object = {}) => ({
	type: "end-of-call-report",
	call,
	endedReason: "customer-ended-call",
	startedAt: "2026-11-20T10:00:00.000Z",
	endedAt: "2026-11-20T10:01:30.000Z",
	cost: 0.1234567,
	analysis: { summary: "Asked for the time." },
	artifact: { transcript: "AI: Hello!\nUser: <script>alert(1)</script>" },
	...more,
});

const callsOf = async (account: TestAccount) =>
	(await (await account.call("/api/assistant-calls")).json<{ items: Record<string, unknown>[] }>()).items;

describe("what the provider tells", () => {
	it("becomes a call with its transcript, its cost and how it ended, in the call log too", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, number, call } = await callTo(account);

		await tell({ type: "status-update", status: "in-progress", timestamp: 1_763_632_800_000, call });
		await tell(report(call));

		const [heard] = await callsOf(account);
		const logged = await env.DB.prepare("SELECT * FROM calls WHERE carrier_ref = ?")
			.bind(call.phoneCallProviderId)
			.first();
		expect(heard).toMatchObject({
			assistantId,
			direction: "inbound",
			from: "+14155550199",
			to: number.e164,
			status: "ended",
			duration: 90,
			endedReason: "customer-ended-call",
			endedBucket: "caller_hung_up",
			cost: { amountMicros: 123_457, currency: "USD" },
			summary: "Asked for the time.",
			transcript: "AI: Hello!\nUser: <script>alert(1)</script>",
		});
		expect(logged).toMatchObject({
			account_id: account.accountId,
			assistant_id: assistantId,
			answered_by: "assistant",
			duration_seconds: 90,
			own_e164: number.e164,
		});
	});

	it("has its effect once, in any order and however often it comes", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);

		await tell(report(call));
		const replies = [
			await tell(report(call, { cost: 99, artifact: { transcript: "changed" } })),
			await tell({ type: "status-update", status: "ringing", call }),
			await tell({ type: "status-update", status: "in-progress", call }),
		];

		const heard = await callsOf(account);
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(heard).toHaveLength(1);
		expect(heard[0]).toMatchObject({ status: "ended", duration: 90, cost: { amountMicros: 123_457 } });
	});

	it.each([
		["nothing", {}],
		["another secret", { "x-vapi-secret": "guess" }],
		["another token", { authorization: "Bearer guess" }],
		["a signature of something else", { "x-signature": "00".repeat(32), "x-timestamp": String(Date.now()) }],
		["a signature without a time", { "x-signature": "00".repeat(32) }],
	])("is refused with %s, and nothing happens", async (_, headers) => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);

		const reply = await tell(report(call), headers as Record<string, string>);

		expect(reply.status).toBe(403);
		expect(await callsOf(account)).toEqual([]);
	});

	it.each([
		[0, "SHA-256"],
		[0, "SHA-1"],
		[0, "SHA-512"],
		[-600, "SHA-256"],
	])("counts when it is signed lately (%i seconds ago, by %s)", async (seconds, hash) => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);
		const body = JSON.stringify({ message: report(call) });
		const timestamp = String(Math.floor(Date.now() / 1000) + seconds);

		const reply = await knock("/webhooks/vapi", {
			method: "POST",
			headers: { "x-timestamp": timestamp, "x-signature": await mac(`${timestamp}.${body}`, hash) },
			body,
		});

		expect(reply.status).toBe(seconds === 0 ? 200 : 403);
		expect(await callsOf(account)).toHaveLength(seconds === 0 ? 1 : 0);
	});

	it.each([
		["a kind that is new", { type: "chat.created", chat: {} }, 200],
		["a call that is nobody's", { type: "hang", call: { id: "call-of-nobody" } }, 200],
		["a status that is new", { type: "status-update", status: "dreaming", call: { id: "c" } }, 200],
		["facts of the wrong shape", { type: "end-of-call-report", call: { id: "c", cost: "much" }, cost: {} }, 200],
		["no kind at all", { call: { id: "c" } }, 400],
	])("is taken calmly when it is about %s", async (_, message, status) => {
		expect((await tell(message)).status).toBe(status);
	});

	it("is taken calmly when it is no JSON", async () => {
		const reply = await knock("/webhooks/vapi", {
			method: "POST",
			headers: { authorization: `Bearer ${SECRET}` },
			body: "{",
		});

		expect(reply.status).toBe(400);
	});

	it("is answered when it asks which assistant, in one round trip", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, call } = await callTo(account);

		const known = await tell({ type: "assistant-request", call });
		const unknown = await tell({
			type: "assistant-request",
			call: { ...call, phoneNumber: { number: "+14155550000" } },
		});

		expect(await known.json()).toEqual({ assistantId: `sim_${assistantId}` });
		expect(known.headers.get("server-timing")).toContain("1 round trips");
		expect(await unknown.json()).toEqual({ error: expect.any(String) });
	});

	it("is answered when it asks to whom a call shall go", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, call } = await callTo(account);
		const ask = async () => (await tell({ type: "transfer-destination-request", call })).json();

		const nobody = await ask();
		await account.call(`/api/assistants/${assistantId}`, { transferTo: "+1 415 555 2671" }, { method: "PATCH" });

		expect(nobody).toEqual({ error: expect.any(String) });
		expect(await ask()).toEqual({ destination: { type: "number", number: "+14155552671" } });
	});

	it("hears of nobody to whom a call could go while there is no money for a minute", async () => {
		const account = await openAccount({ balanceMicros: 1 });
		const { assistantId, call } = await callTo(account);
		await account.call(`/api/assistants/${assistantId}`, { transferTo: "+1 415 555 2671" }, { method: "PATCH" });

		const answer = await tell({ type: "transfer-destination-request", call });

		expect(await answer.json()).toEqual({ error: expect.any(String) });
		expect(answer.headers.get("server-timing")).toContain("1 round trips");
	});

	it("notes to whom a call went", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);

		await tell({ type: "status-update", status: "in-progress", call });
		await tell({ type: "transfer-update", destination: { number: "+14155552671" }, call });

		expect(await callsOf(account)).toMatchObject([{ transferredTo: "+14155552671" }]);
	});

	it("is fetched when it does not come, and the recording with it", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);
		await tell({ type: "status-update", status: "ended", call });
		const sound = new TextEncoder().encode("ID3 sound");
		const assistants = {
			...fakeAssistants(),
			findCall: async ({ about }: { about: { callRef: string } }) => ({
				...fakeReport(about.callRef),
				hasRecording: true,
			}),
			recordingOf: async () => ({
				body: new Response(sound).body as ReadableStream<Uint8Array>,
				bytes: sound.byteLength,
				mediaType: "audio/mpeg",
			}),
		};

		await pullReports(house({ assistants, now: () => Date.now() + HOUR }));
		await pullReports(house({ assistants, now: () => Date.now() + 2 * HOUR }));

		const [heard] = await callsOf(account);
		const recording = await account.call(`/api/assistant-calls/${heard?.id}/recording`);
		const stranger = await (await openAccount()).call(`/api/assistant-calls/${heard?.id}/recording`);
		expect(heard).toMatchObject({ status: "ended", transcript: "Hi", recording: "kept" });
		expect(await recording.text()).toBe("ID3 sound");
		expect(recording.headers.get("content-type")).toBe("audio/mpeg");
		expect(stranger.status).toBe(404);
	});

	it("stands in the story of the call: who answered, what was said when, and the recording to hear and to delete", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { call } = await callTo(account);
		const messages = [
			{ role: "system", message: "Be brief.", secondsFromStart: 0 },
			{ role: "bot", message: "Hello!", secondsFromStart: 1.2 },
			{ role: "user", message: "<b>Hi</b>", secondsFromStart: 3 },
			{ role: "user", message: 7 },
			"nonsense",
		];
		const artifact = { transcript: "AI: Hello!", messages, recordingUrl: "https://example.com/r.mp3" };
		await tell(report(call, { artifact }));
		await pullReports(house());
		const [heard] = await callsOf(account);
		const at = `/api/recordings/${heard?.callId}`;

		const story = await (await account.call(`/api/calls/${heard?.callId}`)).json<Record<string, object>>();
		const { url } = await (await account.call(at)).json<{ url: string }>();
		const part = await knock(url.slice(new URL(url).origin.length), { headers: { range: "bytes=0-3" } });
		const foreign = await (await openAccount()).call(at);
		const gone = await account.call(at, undefined, { method: "DELETE" });

		expect(story.assistantCall).toMatchObject({
			name: "Front desk",
			endedBucket: "caller_hung_up",
			summary: "Asked for the time.",
			turns: [
				{ by: "assistant", text: "Hello!", at: 1.2 },
				{ by: "caller", text: "<b>Hi</b>", at: 3 },
			],
		});
		expect(story.recording).toMatchObject({ kind: "call", duration: 90 });
		expect([part.status, await part.text()]).toEqual([206, "RIFF"]);
		expect([foreign.status, gone.status, (await account.call(at)).status]).toEqual([404, 200, 404]);
		expect((await callsOf(account))[0]).toMatchObject({ recording: "gone" });
	});
});

describe("the money for an assistant's time", () => {
	const MINUTE = 150_000;

	it("is charged by the minute that has begun when the carrier sent the call past us, once", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, call } = await callTo(account);

		await tell(report(call));
		await tell(report(call));

		const now = new Date().toISOString().slice(0, 10);
		const figures = await account.call(`/api/dashboard/analytics?from=${now}&to=${now}&timeZone=UTC`);
		const { byAssistant } = await figures.json<{ byAssistant: object[] }>();
		const { items } = await (await account.call("/api/calls")).json<{ items: object[] }>();
		expect(items).toMatchObject([{ cost: { amountMicros: 2 * MINUTE } }]);
		expect(await account.balance()).toEqual({ available: 5_000_000 - 2 * MINUTE, held: 0 });
		expect(byAssistant).toMatchObject([{ assistantId, spend: { amountMicros: 2 * MINUTE } }]);
	});

	it("takes what is there when it does not last, and then the assistants stop and the owner is told", async () => {
		const account = await openAccount({ balanceMicros: 2 * MINUTE - 1 });
		const { number, call } = await callTo(account);
		await env.DB.prepare("UPDATE assistant_connections SET provider_ref = 'pn_1' WHERE number_id = ?")
			.bind(number.id)
			.run();

		await tell(report(call));
		await settleConnections(house());

		const notices = await (await account.call("/api/notices")).json<{ items: { kind: string }[] }>();
		expect(await account.balance()).toEqual({ available: MINUTE - 1, held: 0 });
		expect(await connectionOf(account, number.id)).toMatchObject({ assistantId: null, status: "none" });
		expect(notices.items.map(({ kind }) => kind)).toContain("assistants_stopped");
	});

	it("is set aside before a call that we route there, and charged by what was talked", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { number } = await callTo(account);
		const form = { CallSid: `CA${crypto.randomUUID().replaceAll("-", "")}`, From: "+447712345678", To: number.e164 };
		const told = (path: string, more: Record<string, string>) =>
			carrierPosts(`https://trunkline.test/webhooks/twilio/voice/${path}`, { ...form, Direction: "inbound", ...more });

		await told("incoming", { CallStatus: "ringing" });
		const meanwhile = await account.balance();
		await told("status", { CallStatus: "completed", CallDuration: "61", SequenceNumber: "2" });
		await pullReports(house({ now: () => Date.now() + HOUR }));

		expect(meanwhile.held).toBeGreaterThanOrEqual(2 * MINUTE);
		expect(await account.balance()).toEqual({ available: 5_000_000 - 2 * MINUTE, held: 0 });
	});

	it("has to be there: without any, a call goes on past the assistant", async () => {
		const account = await openAccount({ balanceMicros: MINUTE - 1 });
		const { number } = await callTo(account);
		const form = { CallSid: `CA${crypto.randomUUID().replaceAll("-", "")}`, From: "+447712345678", To: number.e164 };

		const answer = await carrierPosts("https://trunkline.test/webhooks/twilio/voice/incoming", {
			...form,
			CallStatus: "ringing",
			Direction: "inbound",
		});

		expect(await answer.text()).not.toContain("Hello!");
		expect(await account.balance()).toEqual({ available: MINUTE - 1, held: 0 });
	});

	it("has to be there before a real provider answers a number", async () => {
		const account = await openAccount({ balanceMicros: MINUTE - 1 });
		const assistants = fakeAssistants();
		const scope = account.scope({ assistants });
		await createAssistant(scope, desk, once);
		const [ref = ""] = assistants.specs.keys();
		const number = await numberOf(account);

		const refused = await connectNumber(scope, number.id, ref.slice(3)).catch((fault: unknown) => fault);

		expect(refused).toMatchObject({ code: "out_of_credit" });
		expect(assistants.numbers.size).toBe(0);
	});

	it("is given back when the assistant cannot be reached", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, number } = await callTo(account);
		await env.DB.prepare("UPDATE assistants SET provider_ref = NULL, status = 'error' WHERE id = ?")
			.bind(assistantId)
			.run();

		await carrierPosts("https://trunkline.test/webhooks/twilio/voice/incoming", {
			CallSid: `CA${crypto.randomUUID().replaceAll("-", "")}`,
			From: "+447712345678",
			To: number.e164,
			CallStatus: "ringing",
			Direction: "inbound",
		});

		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});

describe("the money for a call that an assistant hands on", () => {
	const TO = "+447712345679";
	const MINUTE = 150_000;

	/** A call of a minute and a half with the assistant that then went to somebody abroad. */
	async function handedOn(balanceMicros: number, told = true) {
		const account = await openAccount({ balanceMicros });
		const { assistantId, number, call } = await callTo(account);
		const carrier = fakeCarrier();
		await account.call(`/api/assistants/${assistantId}`, { transferTo: TO }, { method: "PATCH" });
		if (told) await tell({ type: "status-update", status: "in-progress", call });
		if (told) await tell({ type: "transfer-update", destination: { number: TO }, call });
		const endedAt = new Date().toISOString();
		await tell(report(call, { endedReason: "assistant-forwarded-call", endedAt, startedAt: endedAt }));
		const leg = (status: string, durationSeconds: number | null, to = TO) =>
			carrier.legs.set(call.phoneCallProviderId, [
				{ ref: "CA1", to, from: "", status, startedAt: 1, durationSeconds },
				{
					ref: "CA2",
					to: "sip:provider@sip.example",
					from: "",
					status: "completed",
					startedAt: 1,
					durationSeconds: 900,
				},
			]);
		const look = (inMs: number) => pullReports(house({ carrier, now: () => Date.now() + inMs }));
		return { account, number, leg, look };
	}

	const priceThere = async () => {
		const { results } = await env.DB.prepare(
			"SELECT amount_micros AS micros FROM price_book WHERE item = 'call_minute' AND country IN ('GB', '*') ORDER BY country = '*'",
		).all<{ micros: number }>();
		return results[0]?.micros ?? 0;
	};

	it.each([true, false])("is charged once, when the other leg is over (told of the transfer: %s)", async (told) => {
		const { account, leg, look } = await handedOn(5_000_000, told);
		const price = await priceThere();

		leg("in-progress", null);
		await look(HOUR / 60);
		const meanwhile = await account.balance();
		leg("completed", 121);
		for (const hours of [1, 2, 3]) await look(hours * HOUR);

		const { items } = await (await account.call("/api/calls")).json<{ items: object[] }>();
		expect(price).toBeGreaterThan(0);
		expect(meanwhile).toEqual({ available: 5_000_000, held: 0 });
		expect(await account.balance()).toEqual({ available: 5_000_000 - 3 * price, held: 0 });
		expect(items).toMatchObject([{ cost: { amountMicros: 3 * price } }]);
	});

	it("takes what is there when it does not last, and the assistants stop", async () => {
		const { account, number, leg, look } = await handedOn(MINUTE);

		leg("completed", 3_600);
		await look(HOUR);

		const { available, held } = await account.balance();
		const notices = await (await account.call("/api/notices")).json<{ items: { kind: string }[] }>();
		expect([available < (await priceThere()), held]).toEqual([true, 0]);
		expect(notices.items.map(({ kind }) => kind)).toContain("assistants_stopped");
		expect(await connectionOf(account, number.id)).not.toMatchObject({ status: "active" });
	});

	it("is nothing when nobody was called, and the carrier is not asked for ever", async () => {
		const { account, leg, look } = await handedOn(5_000_000);

		leg("completed", 60, "+15005550001");
		await look(HOUR);
		leg("completed", 60);
		await look(2 * HOUR);

		expect(await account.balance()).toEqual({ available: 5_000_000, held: 0 });
	});
});

describe("a call that is routed to an assistant", () => {
	it("is answered in simulation, and its report comes when it is over", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const [assistantId, number] = [await assistantOf(account), await numberOf(account)];
		const call = { assistantId, carrierRef: `CA${ulid()}`, from: "+14155550199", to: number.e164 };

		const target = await dialTarget(house(), account.accountId, call);
		await endsAfter(account, call.carrierRef, 12_000);
		await pullReports(house({ now: () => Date.now() + HOUR }));
		await pullReports(house({ now: () => Date.now() + 2 * HOUR }));

		const heard = await callsOf(account);
		expect(target).toEqual({ kind: "pretend", says: "Hello!" });
		expect(heard).toHaveLength(1);
		expect(heard[0]).toMatchObject({ assistantId, status: "ended", duration: 12, from: call.from, to: number.e164 });
	});

	it("is answered when it comes in on the number that the assistant has, from the ring to the report", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { assistantId, number } = await callTo(account);
		const CallSid = `CA${crypto.randomUUID().replaceAll("-", "")}`;
		const told = (path: string, more: Record<string, string>) =>
			carrierPosts(`https://trunkline.test/webhooks/twilio/voice/${path}`, {
				CallSid,
				From: "+447712345678",
				To: number.e164,
				Direction: "inbound",
				...more,
			});

		const answer = await told("incoming", { CallStatus: "ringing" });
		await told("status", { CallStatus: "completed", CallDuration: "9", SequenceNumber: "2" });
		await pullReports(house({ now: () => Date.now() + HOUR }));

		const [heard] = await callsOf(account);
		const log = await (await account.call("/api/calls")).json<{ items: object[] }>();
		expect(await answer.text()).toContain("Hello!");
		expect(heard).toMatchObject({ assistantId, status: "ended", from: "+447712345678", duration: 9 });
		expect(log.items).toHaveLength(1);
		expect(log.items[0]).toMatchObject({ answeredBy: "assistant", transcript: expect.stringContaining("AI: Hello!") });
	});

	it("is answered by it past the number's own routing, which stands again once it is disconnected", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const { number } = await callTo(account);
		const routing = { steps: [{ kind: "say", text: "Please hold." }, { kind: "hangup" }] };
		await account.call(`/api/phone-numbers/${number.id}`, { routing }, { method: "PUT" });
		const answer = async () => {
			const form = { CallSid: `CA${crypto.randomUUID().replaceAll("-", "")}`, From: "+447712345678", To: number.e164 };
			const url = "https://trunkline.test/webhooks/twilio/voice/incoming";
			return (await carrierPosts(url, { ...form, CallStatus: "ringing", Direction: "inbound" })).text();
		};

		const connected = await answer();
		await put(account, number.id, null);

		expect(connected).toContain("Hello!");
		expect(await answer()).toContain("Please hold.");
	});

	it("goes elsewhere when the assistant is somebody else's", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const assistantId = await assistantOf(owner);
		const call = { assistantId, carrierRef: `CA${ulid()}`, from: "", to: "+14155550100" };

		expect(await dialTarget(house(), stranger.accountId, call)).toBeNull();
	});

	it("goes to an address at the provider, which is asked for once", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		let asked = 0;
		const assistants = { ...fakeAssistants(), openAddress: async () => `sip:${++asked}@sip.example` };
		await createAssistant(account.scope({ assistants }), desk, once);
		const { items } = await (await account.call("/api/assistants")).json<{ items: { id: string }[] }>();
		const call = { assistantId: items[0]?.id ?? "", carrierRef: "CA1", from: "", to: "+14155550100" };

		const targets = [
			await dialTarget(house({ assistants }), account.accountId, call),
			await dialTarget(house({ assistants }), account.accountId, call),
		];

		expect(targets).toEqual(Array(2).fill({ kind: "sip", uri: "sip:1@sip.example" }));
	});
});

/** The call log says that a call that began just now is over. */
async function endsAfter({ accountId }: TestAccount, carrierRef: string, ms: number): Promise<void> {
	const call = await env.DB.prepare("SELECT started_at FROM assistant_calls WHERE carrier_ref = ?")
		.bind(carrierRef)
		.first<{ started_at: number }>();
	const at = call?.started_at ?? 0;
	await env.DB.batch([
		env.DB.prepare(
			`INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, status, carrier_ref, started_at)
			VALUES (?1, ?2, ?2, ?1, 'carrier', 'inbound', '', '', 'in_progress', ?3, ?4)`,
		).bind(`call_${ulid()}`, accountId, carrierRef, at),
		env.DB.prepare("UPDATE calls SET ended_at = ?1, status = 'completed' WHERE carrier_ref = ?2").bind(
			at + ms,
			carrierRef,
		),
	]);
}

const fakeReport = (callRef: string) => ({
	type: "report" as const,
	callRef,
	carrierRef: null,
	assistantRef: null,
	numberRef: null,
	ownNumber: null,
	customer: null,
	direction: "inbound" as const,
	startedAt: 1_763_632_800_000,
	endedAt: 1_763_632_860_000,
	endedReason: "customer-ended-call",
	costMicros: 1,
	transcript: "Hi",
	turns: [{ by: "caller" as const, text: "Hi", at: 1.5 }],
	summary: "",
	hasRecording: false,
});

async function mac(text: string, hash: string): Promise<string> {
	const algorithm = { name: "HMAC", hash };
	const encoder = new TextEncoder();
	const key = await crypto.subtle.importKey("raw", encoder.encode(SECRET), algorithm, false, ["sign"]);
	return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))).toHex();
}
