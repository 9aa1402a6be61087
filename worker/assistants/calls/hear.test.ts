import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { callsOf, callTo, HOUR, report, SECRET, tell } from "../../test/assistants";
import { fakeAssistants } from "../../test/fake-assistants";
import { house, knock, openAccount } from "../../test/house";
import { pullReports } from "./pull";

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
