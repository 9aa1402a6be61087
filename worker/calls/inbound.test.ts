import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openMember } from "../test/access-matrix.people";
import { openDevice, SDP } from "../test/device";
import { knock, openAccount, type TestAccount } from "../test/house";
import { callIn, eventually, openLine } from "../test/line";
import { carrierPosts } from "../test/signed";
import type { Call } from "./inputs";

const INCOMING = "https://trunkline.test/webhooks/twilio/voice/incoming";
let counter = 0;
const newSid = () => `CA${String(++counter).padStart(32, "0")}`;
const CALLER = "+447712345678";

async function logged({ call }: Pick<TestAccount, "call">, query = ""): Promise<Call[]> {
	const { items }: { items: Call[] } = await (await call(`/api/calls${query}`)).json();
	return items;
}
const over = (account: TestAccount) =>
	eventually(async () => (await logged(account)).find(({ live }) => !live), "the end");
const storyOf = async (account: TestAccount, id: string): Promise<Call & { events: { kind: string }[] }> =>
	(await account.call(`/api/calls/${id}`)).json();

/** What a line answers somebody who calls. */
async function told(To: string, more: Record<string, string> = {}): Promise<string> {
	const form = { CallSid: newSid(), From: CALLER, To, CallStatus: "ringing", Direction: "inbound", ...more };
	const reply = await carrierPosts(INCOMING, form);
	expect(reply.status).toBe(200);
	expect(reply.headers.get("content-type")).toContain("text/xml");
	return reply.text();
}

describe("a call that comes in", () => {
	it("is named as the contacts have its caller, whenever they came to be known", async () => {
		const account = await openAccount();
		const other = await openAccount();
		const line = await openLine(account);
		const name = async (query = "") => (await logged(account, query)).map(({ peerName }) => peerName);
		await other.call("/api/contacts", { phoneNumber: CALLER, firstName: "Not", lastName: "Yours" });
		await told(line.e164, { CallerName: "WIRELESS CALLER" });
		const unknown = await name();

		const zoe = await account.call("/api/contacts", { phoneNumber: CALLER, firstName: "Zoë" });
		const { id }: { id: string } = await zoe.json();
		const added = await name();
		await account.call(`/api/contacts/${id}`, { lastName: "Abara" }, { method: "PATCH" });
		const [found] = await logged(account, "?q=zo%C3%AB%20ab");
		await account.call(`/api/contacts/${id}`, undefined, { method: "DELETE" });

		expect([unknown, added, found?.peerName]).toEqual([["WIRELESS CALLER"], ["Zoë"], "Zoë Abara"]);
		expect((await storyOf(account, found?.id ?? "")).peerName).toBe("WIRELESS CALLER");
		expect(await name("?q=Abara")).toEqual([]);
	});

	it("is spoken to in its line's language", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const decide = (routing: object) => account.call(`/api/phone-numbers/${line.id}`, { routing }, { method: "PUT" });

		const kept = await decide({ steps: [{ kind: "say", text: "Guten Tag" }], language: "de-AT" });
		const own = await told(line.e164);
		await decide({ steps: [{ kind: "voicemail" }], language: "de-AT" });
		const voicemail = await told(line.e164);
		const wrong = await decide({ steps: [{ kind: "hangup" }], language: "German" });

		expect(kept.status).toBe(200);
		expect(own).toContain('<Say language="de-AT">Guten Tag</Say>');
		expect(own).toContain('<Say language="de-AT">Im Moment kann niemand');
		expect(voicemail).toContain('<Say language="de-AT">Bitte hinterlassen Sie');
		const left = /action="([^"]+)"/.exec(voicemail)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const thanked = await carrierPosts(left, { CallSid: newSid(), RecordingDuration: "4" });
		expect(await thanked.text()).toContain('<Say language="de-AT">Vielen Dank.');
		expect(wrong.status).toBe(422);
	});

	it("rings the browser of whoever has the line, is answered there, and stands in the log with its story", async () => {
		const account = await openAccount();
		const device = await openDevice(account);
		const line = await openLine(account);

		await callIn(line.e164);
		const ring = await device.hears("ring");
		device.say({ type: "answer", call: ring.call, sdp: SDP });
		const live = await eventually(async () => (await logged(account)).find(({ status }) => status === "in_progress"));
		device.say({ type: "hangup", call: ring.call });

		expect(ring.from).toMatchObject({ identity: CALLER, number: CALLER });
		expect(live).toMatchObject({ live: true, answeredBy: "human", answeredUserId: account.userId });
		const ended = await over(account);
		expect(ended).toMatchObject({
			direction: "inbound",
			kind: "carrier",
			from: CALLER,
			to: line.e164,
			ownNumber: line.e164,
			status: "completed",
		});
		const { events } = await storyOf(account, ended.id);
		expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["ringing", "leg", "dialed", "status"]));
		expect(await logged(account)).toHaveLength(1);
	});

	it("goes on to voicemail when nobody is there", async () => {
		const account = await openAccount();
		const line = await openLine(account);

		await callIn(line.e164);

		expect(await over(account)).toMatchObject({ status: "missed", missed: true, answeredBy: "voicemail" });
	});

	it("stops ringing when the caller gives up", async () => {
		const account = await openAccount();
		const device = await openDevice(account);
		const line = await openLine(account);

		await callIn(line.e164, { staysFor: 300 });
		const ring = await device.hears("ring");
		const ended = await device.hears("ended");

		expect(ended).toMatchObject({ call: ring.call, reason: "cancelled" });
		expect(await over(account)).toMatchObject({ status: "missed", answeredBy: null });
	});

	it("goes on at once when it is declined", async () => {
		const account = await openAccount();
		const device = await openDevice(account);
		const routing = { steps: [{ kind: "ring" }, { kind: "forward", number: "+14155550107" }] };
		const line = await openLine(await credited(account), { routing });

		await callIn(line.e164);
		device.say({ type: "decline", call: (await device.hears("ring")).call });

		expect(await over(account)).toMatchObject({ status: "completed", answeredBy: "forward" });
	});

	it("is charged for what it is put through to, by the minute that has begun, and nothing stays set aside", async () => {
		const account = await credited(await openAccount());
		const routing = { steps: [{ kind: "forward", number: "+14155550107", seconds: 60 }] };
		const line = await openLine(account, { routing });
		const before = await account.balance();

		await callIn(line.e164);
		const call = await over(account);
		const settled = await eventually(async () => ((await account.balance()).held === 0 ? account.balance() : null));

		const minutes = Math.ceil(call.duration / 60);
		expect(minutes).toBeGreaterThan(0);
		expect(settled.available).toBe(before.available - minutes * 14_000);
		expect(await storyOf(account, call.id)).toMatchObject({ cost: { amountMicros: minutes * 14_000 } });
	});

	it("is not put through without money", async () => {
		const account = await openAccount();
		const line = await openLine(account, { routing: { steps: [{ kind: "forward", number: "+14155550107" }] } });

		const xml = await told(line.e164);

		expect(xml).not.toContain("<Dial");
		expect(xml).toContain("Goodbye");
		const [call] = await logged(account);
		expect((await storyOf(account, call?.id ?? "")).events).toMatchObject([{ kind: "ringing" }, { kind: "no_credit" }]);
	});

	async function credited(account: TestAccount): Promise<TestAccount> {
		await env.DB.prepare(
			"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?1, 'top_up', 'external', 'available', 5000000, ?2, 1)",
		)
			.bind(account.accountId, `test_${account.accountId}_${++counter}`)
			.run();
		return account;
	}
});

describe("what a caller is told", () => {
	it("costs one read, and rings whom the routing names", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const routing = { steps: [{ kind: "ring", userIds: [account.userId, member.userId], seconds: 20 }] };
		const line = await openLine(account, { routing });

		const reply = await carrierPosts(INCOMING, { CallSid: newSid(), From: CALLER, To: line.e164 });

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const xml = await reply.text();
		expect(xml.match(/<Client /g)).toHaveLength(2);
		expect(xml).toContain('timeout="20"');
	});

	it("escapes every word of the owner's", async () => {
		const account = await openAccount();
		const line = await openLine(account, {
			routing: { steps: [{ kind: "say", text: `</Say><Dial>+19005550100</Dial>&"'` }] },
		});

		const xml = await told(line.e164);

		expect(xml).not.toContain("<Dial");
		expect(xml).toContain("&lt;/Say&gt;&lt;Dial&gt;");
	});

	it("is a busy tone for who is blocked, hidden or going round in a circle, and for a line that nobody has", async () => {
		const account = await openAccount();
		const steps = [{ kind: "say", text: "Hello" }];
		const [blocking, shy] = [
			await openLine(account, { routing: { steps, blocked: [CALLER], anonymous: "ring", unknown: "ring" } }),
			await openLine(account, { routing: { steps, blocked: [], anonymous: "reject", unknown: "ring" } }),
		];

		const blocked = await told(blocking.e164);
		const hidden = await Promise.all(
			["anonymous", "+266696687", "", "Restricted"].map((From) => told(shy.e164, { From })),
		);
		for (let n = 0; n < 3; n++) await told(shy.e164, { From: blocking.e164 });
		const circling = await told(shy.e164, { From: blocking.e164 });

		expect([blocked, ...hidden, circling, await told("+14155550999")].map((xml) => xml.includes("<Reject"))).toEqual(
			Array(7).fill(true),
		);
		expect(await told(shy.e164)).toContain("Hello");
	});

	it("is what closed hours say", async () => {
		const account = await openAccount();
		const hours = { timeZone: "UTC", week: [], holidays: [], closed: [{ kind: "say", text: "We are closed" }] };
		const routing = { steps: [{ kind: "ring" }], hours };

		expect(await told((await openLine(account, { routing })).e164)).toContain("We are closed");
	});

	it("keeps strangers at a distance, and lets contacts through", async () => {
		const account = await openAccount();
		const routing = { steps: [{ kind: "ring" }], unknown: "voicemail" };
		const line = await openLine(account, { routing });
		expect(await told(line.e164)).toContain("<Record");

		await account.call("/api/contacts", { phoneNumber: CALLER });

		expect(await told(line.e164)).toContain("<Client");
	});

	it("hands over to a SIP provider with its credentials, escaped, unless it is switched off", async () => {
		const account = await openAccount();
		const provider = { name: "PBX", host: "sip.carrier.io", port: 5061, username: "desk", password: `<"&'>` };
		const { id }: { id: string } = await (await account.call("/api/sip-providers", provider)).json();
		const line = await openLine(account, { routing: { steps: [{ kind: "sip", providerId: id, user: "reception" }] } });

		const xml = await told(line.e164);
		await account.call(`/api/sip-providers/${id}/status`, { active: false }, { method: "PATCH" });

		expect(xml).toContain(">sip:reception@sip.carrier.io:5061</Sip>");
		expect(xml).toContain('password="&lt;&quot;&amp;');
		expect(await told(line.e164)).not.toContain("<Sip");
	});

	it("comes from the carrier only", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const form = { CallSid: newSid(), From: CALLER, To: line.e164 };

		const unsigned = await carrierPosts(INCOMING, form, () => ({ signature: null }));
		const forged = await carrierPosts(INCOMING, form, () => ({ form: { ...form, From: "+14155550100" } }));

		expect([unsigned.status, forged.status]).toEqual([400, 403]);
		expect(await logged(account)).toEqual([]);
	});

	it("is the same when it is asked again, and the call is one", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const CallSid = newSid();

		const answers = await Promise.all([told(line.e164, { CallSid }), told(line.e164, { CallSid })]);
		answers.push(await told(line.e164, { CallSid }));

		expect(new Set(answers).size).toBe(1);
		expect(await logged(account)).toHaveLength(1);
	});
});

describe("what is told of a call", () => {
	const status = (CallSid: string, CallStatus: string, SequenceNumber: string, more: Record<string, string> = {}) =>
		carrierPosts("https://trunkline.test/webhooks/twilio/voice/status", {
			CallSid,
			CallStatus,
			SequenceNumber,
			...more,
		});

	it("ends it once: repeats and late words change nothing", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const CallSid = newSid();
		await told(line.e164, { CallSid });

		const replies = [
			await status(CallSid, "completed", "3", { CallDuration: "7" }),
			await status(CallSid, "completed", "3", { CallDuration: "7" }),
			await status(CallSid, "in-progress", "2"),
			await status(CallSid, "failed", "4"),
			await status(newSid(), "completed", "0"),
		];

		expect(replies.map((reply) => reply.status)).toEqual(Array(5).fill(204));
		expect(await logged(account)).toMatchObject([{ status: "missed", live: false }]);
	});

	it("does not count without a signature, nor under a place of our own making", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const CallSid = newSid();
		const xml = await told(line.e164, { CallSid });
		const next = /action="([^"#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
		const form = { CallSid, CallStatus: "in-progress", DialCallStatus: "no-answer" };

		const forged = await carrierPosts(next.replace("n=1", "n=0"), form);
		const unsigned = await knock(new URL(next).pathname + new URL(next).search, { method: "POST" });
		const genuine = await carrierPosts(next, form);

		expect([forged.status, unsigned.status, genuine.status]).toEqual([403, 400, 200]);
		expect(await genuine.text()).toContain("<Record");
		expect(genuine.headers.get("server-timing")).toContain("1 round trips");
	});

	it("does not open a call to another one's callback", async () => {
		const account = await openAccount();
		const line = await openLine(account);
		const xml = await told(line.e164);
		const next = /action="([^"#]+)/.exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";

		const other = await carrierPosts(next, { CallSid: newSid(), DialCallStatus: "no-answer" });

		expect(await other.text()).toContain("<Hangup");
	});
});

describe("the log", () => {
	it("is filtered, exported, and each member's own", async () => {
		const account = await openAccount();
		const member = await openMember(account);
		const [own, theirs] = [await openLine(account), await openLine(account, { assignedTo: member.userId })];
		await told(own.e164, { CallerName: "Ann, =1+1" });
		await told(theirs.e164, { From: "+14155550188" });

		const everything = await logged(account);
		const found = await Promise.all(
			[
				"?q=Ann",
				"?number=%2B14155550188",
				"?direction=outbound",
				"?status=ringing",
				"?from=2100-01-01",
				"?to=2100-01-01",
			].map(async (query) => (await logged(account, query)).length),
		);
		const csv = await (await account.call("/api/calls/export.csv?q=Ann")).text();

		expect(everything).toHaveLength(2);
		expect(found).toEqual([1, 1, 0, 2, 0, 2]);
		expect(csv.split("\r\n")).toHaveLength(3);
		expect(csv).toContain(`"Ann, =1+1"`);
		const theirLog: { items: Call[] } = await (await member.call("/api/calls")).json();
		expect(theirLog.items.map(({ to }) => to)).toEqual([theirs.e164]);
		expect((await member.call(`/api/calls/${everything.find(({ to }) => to === own.e164)?.id}`)).status).toBe(404);
		const asOwner = await logged(account, `?userId=${member.userId}`);
		expect(asOwner.map(({ to }) => to)).toEqual([theirs.e164]);
		expect((await account.call("/api/calls?status=nonsense")).status).toBe(422);
	});
});
