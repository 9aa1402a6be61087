import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../../test/access-matrix.people";
import { knock, openAccount, type TestAccount } from "../../test/house";
import { openLine } from "../../test/line";
import { carrierPosts } from "../../test/signed";
import type { LineRecording } from "./inputs";

const INCOMING = "https://trunkline.test/webhooks/twilio/voice/incoming";
const BROWSER = "https://trunkline.test/webhooks/twilio/calls/browser";
let counter = 0;
const newSid = () => `CA${"7".repeat(20)}${String(++counter).padStart(12, "0")}`;

const put = (account: TestAccount, line: { id: string }, body: object) =>
	account.call(`/api/phone-numbers/${line.id}/recording`, body, { method: "PATCH" });
const read = async (account: TestAccount, line: { id: string }): Promise<LineRecording> =>
	(await account.call(`/api/phone-numbers/${line.id}/recording`)).json();
const recordAll = (account: TestAccount, recordCalls = true) =>
	account.call("/api/voice-settings", { recordCalls, announcement: "Everything is recorded." }, { method: "PATCH" });

async function comesIn({ e164 }: { e164: string }): Promise<string> {
	const form = { CallSid: newSid(), From: "+447712345678", To: e164, CallStatus: "ringing" };
	return (await carrierPosts(INCOMING, form)).text();
}
async function goesOut(account: TestAccount, { e164 }: { e164: string }) {
	const user = await env.DB.prepare("SELECT care4w_id AS id FROM users WHERE id = ?")
		.bind(account.userId)
		.first<{ id: string }>();
	const form = { CallSid: newSid(), From: `client:${user?.id}`, To: "+14155550107", CallerId: e164 };
	const reply = await carrierPosts(BROWSER, form);
	const status = { CallSid: form.CallSid, CallStatus: "completed", SequenceNumber: "3", CallDuration: "0" };
	const xml = await reply.text();
	return { xml, form, hangUp: () => carrierPosts(`${BROWSER}-status`, status) };
}
const isRecorded = (xml: string) => xml.includes("record-from-answer-dual");

describe("what a number records", () => {
	it("is what its account does until it says something else, and again when that is taken back", async () => {
		const account = await openAccount();
		const [line, other] = [await openLine(account), await openLine(account)];
		await recordAll(account);

		const usual = await comesIn(line);
		await put(account, line, { recordInbound: false });
		const silent = [await comesIn(line), await comesIn(other)];
		await put(account, line, { recordInbound: null });
		const again = await comesIn(line);

		expect([usual, ...silent, again].map(isRecorded)).toEqual([true, false, true, true]);
		expect(usual).toContain("<Say>Everything is recorded.</Say>");
		expect(silent[0]).not.toContain("Everything is recorded.");
		expect(await read(account, line)).toEqual({
			phoneNumberId: line.id,
			recordInbound: null,
			recordOutbound: null,
			announce: null,
			announcement: null,
			account: { recordCalls: true, announcement: "Everything is recorded." },
		});
	});

	it("tells callers in words of its own, or nothing", async () => {
		const account = await openAccount();
		const line = await openLine(account);

		await put(account, line, { recordInbound: true });
		const usual = await comesIn(line);
		await put(account, line, { announcement: 'Recorded for <training> & "quality"' });
		const own = await comesIn(line);
		await put(account, line, { announce: false });
		const none = await comesIn(line);

		expect(usual).toContain("<Say>This call is recorded.</Say>");
		expect(own).toContain('<Say>Recorded for &lt;training&gt; &amp; "quality"</Say>');
		expect([none.includes("Recorded for"), isRecorded(none)]).toEqual([false, true]);
	});

	it("holds for calls out apart, and whoever is called is told before they are connected", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });
		const line = await openLine(account);
		await put(account, line, { recordInbound: true });

		const first = await goesOut(account, line);
		await first.hangUp();
		await put(account, line, { recordInbound: false, recordOutbound: true });
		const second = await goesOut(account, line);
		const hears = /<Number url="([^"#]+)/.exec(second.xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const told = await carrierPosts(hears, second.form);
		const forged = await carrierPosts(hears.replace("c=call_", "c=call_0"), second.form);

		expect([isRecorded(first.xml), isRecorded(second.xml)]).toEqual([false, true]);
		expect(first.xml).not.toContain("url=");
		expect(await told.text()).toContain("<Say>This call is recorded.</Say>");
		expect(told.headers.get("server-timing")).toContain("1 round trips");
		expect(forged.status).toBe(403);
	});

	it("is its owner's to decide", async () => {
		const [account, stranger] = [await openAccount(), await openAccount()];
		const member = await openMember(account);
		const line = await openLine(account, { assignedTo: member.userId });
		const path = `/api/phone-numbers/${line.id}/recording`;

		const replies = [
			await put(stranger, line, { recordInbound: true }),
			await stranger.call(path),
			await member.call(path),
			await knock(path),
			await put(account, line, { recordInbound: "yes" }),
			await put(account, line, { announcement: "" }),
			await put(account, line, { accountId: stranger.accountId }),
			await put(account, { id: "num_0" }, { recordInbound: true }),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 403, 401, 422, 422, 422, 404]);
		expect(await read(account, line)).toMatchObject({ recordInbound: null });
	});
});
