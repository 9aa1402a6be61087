import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../test/access-matrix.people";
import { fakeCarrier } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { callIn, eventually, openLine } from "../test/line";
import { carrierPosts } from "../test/signed";
import { dropOutdated, fetchRecordings } from "./fetch-recording";
import type { Voicemail } from "./inputs";

const INCOMING = "https://trunkline.test/webhooks/twilio/voice/incoming";
let counter = 0;
const newSid = (prefix: string) => `${prefix}${(++counter).toString(16).padStart(32, "0")}`;

async function voicemail({ call }: Pick<TestAccount, "call">, query = ""): Promise<Voicemail[]> {
	const { items }: { items: Voicemail[] } = await (await call(`/api/voicemail${query}`)).json();
	return items;
}

/** Somebody has called and left a message; it is here. */
async function messageFor(account: TestAccount): Promise<Voicemail> {
	const line = await openLine(account, { routing: { steps: [{ kind: "voicemail", say: "Hello <you>" }] } });
	await callIn(line.e164);
	return eventually(async () => (await voicemail(account)).find(({ url }) => url !== null), "the message");
}

/** A call that hears where its recording is to be told. */
async function recordedCall(account: TestAccount): Promise<{ CallSid: string; url: string }> {
	const line = await openLine(account, { routing: { steps: [{ kind: "voicemail" }] } });
	const CallSid = newSid("CA");
	const xml = await (await carrierPosts(INCOMING, { CallSid, From: "+447712345678", To: line.e164 })).text();
	const url = /recordingStatusCallback="([^"#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
	return { CallSid, url };
}
const told = (CallSid: string, RecordingSid = newSid("RE")) => ({
	CallSid,
	RecordingSid,
	RecordingUrl: "http://127.0.0.1:8969/steal",
	RecordingStatus: "completed",
	RecordingDuration: "12",
});

describe("a message that a caller leaves", () => {
	it("is fetched, listed, played in whole and in part, and marked as heard", async () => {
		const account = await openAccount();
		const message = await messageFor(account);
		const { pathname, search } = new URL(message.url ?? "");

		const whole = await knock(pathname + search);
		const part = await knock(pathname + search, { headers: { range: "bytes=0-3" } });

		expect(message).toMatchObject({ from: "+447712345678", heard: false });
		expect(message.duration).toBeGreaterThan(0);
		expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "audio/wav"]);
		expect(whole.headers.get("content-security-policy")).toContain("sandbox");
		expect([part.status, await part.text()]).toEqual([206, "RIFF"]);
		expect((await account.call(`/api/voicemail/${message.id}/read`, {})).status).toBe(200);
		expect(await voicemail(account, "?unheard=true")).toEqual([]);
		const recording = await account.call(`/api/recordings/${message.callId}`);
		expect(await recording.json()).toMatchObject({ kind: "voicemail", mediaType: "audio/wav" });
		const story = await eventually(async () => {
			const call: { live: boolean } = await (await account.call(`/api/calls/${message.callId}`)).json();
			return call.live ? null : call;
		});
		expect(story).toMatchObject({ recording: { id: message.id }, answeredBy: "voicemail", missed: true });
	});

	it("is gone for good once it is deleted", async () => {
		const account = await openAccount();
		const message = await messageFor(account);
		const { pathname, search } = new URL(message.url ?? "");
		await (await knock(pathname + search)).arrayBuffer();

		const remove = () => account.call(`/api/voicemail/${message.id}`, undefined, { method: "DELETE" });

		expect([(await remove()).status, (await remove()).status]).toEqual([200, 404]);
		expect((await knock(pathname + search)).status).toBe(404);
		expect((await account.call(`/api/recordings/${message.callId}`)).status).toBe(404);
		const row = await env.DB.prepare("SELECT r2_key AS key FROM recordings WHERE id = ?")
			.bind(message.id)
			.first<{ key: string }>();
		expect(await env.AUDIO.head(row?.key ?? "")).toBeNull();
	});

	it("is written down when the account wants that", async () => {
		const account = await openAccount();
		await account.call("/api/voice-settings", { transcribe: true }, { method: "PATCH" });

		const { transcript } = await messageFor(account);

		expect(transcript).toBe("Hello, please call me back.");
	});

	it("is nobody else's, nor an address that anybody can make up", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const member = await openMember(account);
		const message = await messageFor(account);
		const { pathname, search } = new URL(message.url ?? "");
		const paths = [`/api/recordings/${message.callId}`];

		const others = await Promise.all([stranger, member].flatMap((who) => paths.map((path) => who.call(path))));
		const forged = await Promise.all(
			[
				pathname + search.replace(/e=\d+/, "e=9999999999"),
				`${pathname.replace(message.id, "rec_0")}${search}`,
				pathname + search.replace("k=recording", "k=greeting"),
				pathname,
			].map((path) => knock(path)),
		);

		expect(others.map(({ status }) => status)).toEqual([404, 404]);
		expect(forged.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
		expect(await voicemail(stranger)).toEqual([]);
		expect((await knock("/api/voicemail")).status).toBe(401);
	});
});

describe("what the carrier tells of a recording", () => {
	it("is noted once, and of its own call only; the address in it is never asked", async () => {
		const account = await openAccount();
		const { CallSid, url } = await recordedCall(account);
		const form = told(CallSid);

		const replies = [
			await carrierPosts(url, form),
			await carrierPosts(url, form),
			await carrierPosts(url, told(newSid("CA"))),
			await carrierPosts(url, told(CallSid), () => ({ signature: "AAAA" })),
			await carrierPosts(url, { ...told(CallSid), RecordingSid: "../../Accounts" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 403, 422]);
		expect(await voicemail(account)).toHaveLength(1);
	});

	it("may come before the bytes are there: they are asked for again, and given up in the end", async () => {
		const account = await openAccount();
		const { CallSid, url } = await recordedCall(account);
		await carrierPosts(url, told(CallSid));
		const [message] = await voicemail(account);
		expect((await account.call(`/api/recordings/${message?.callId}`)).status).toBe(409);
		let now = Date.now();

		for (let tries = 0; tries < 12; tries++) await fetchRecordings(house({ now: () => (now += 24 * 3_600_000) }));

		expect((await account.call(`/api/recordings/${message?.callId}`)).status).toBe(404);
	});

	it("is fetched later when the carrier was down, and dropped there", async () => {
		const account = await openAccount();
		const { CallSid, url } = await recordedCall(account);
		const form = told(CallSid);
		await carrierPosts(url, form);
		const carrier = fakeCarrier();

		await fetchRecordings(house({ carrier, now: () => Date.now() + 3_600_000 }));

		expect(carrier.dropped).toContain(form.RecordingSid);
	});
});

describe("what an account keeps", () => {
	it("goes when its time is over", async () => {
		const account = await openAccount();
		const message = await messageFor(account);
		await account.call("/api/voice-settings", { retentionDays: 30 }, { method: "PATCH" });
		await dropOutdated(house());
		expect(await voicemail(account)).toHaveLength(1);

		await dropOutdated(house({ now: () => Date.now() + 31 * 86_400_000 }));

		expect(await voicemail(account)).toEqual([]);
		expect((await account.call(`/api/recordings/${message.callId}`)).status).toBe(404);
	});

	it("is announced to whoever is recorded", async () => {
		const account = await openAccount();
		const change = { recordCalls: true, announcement: "We record <this> & that." };
		const settings = await account.call("/api/voice-settings", change, { method: "PATCH" });
		const line = await openLine(account);

		const form = { CallSid: newSid("CA"), From: "+447712345678", To: line.e164 };
		const xml = await (await carrierPosts(INCOMING, form)).text();

		expect(await settings.json()).toMatchObject({ ...change, transcribe: false, retentionDays: null });
		expect(xml).toContain("We record &lt;this&gt; &amp; that.");
		expect(xml.indexOf("We record")).toBeLessThan(xml.indexOf("<Dial"));
		expect(xml).toContain('record="record-from-answer-dual"');
	});

	it.each([{ announcement: "" }, { retentionDays: 0 }, { recordCalls: "yes" }, { keep: true }])(
		"is not decided by %j",
		async (wrong) => {
			const account = await openAccount();

			expect((await account.call("/api/voice-settings", wrong, { method: "PATCH" })).status).toBe(422);
		},
	);
});
