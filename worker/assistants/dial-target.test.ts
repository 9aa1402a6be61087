import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { assistantOf, callsOf, callTo, desk, HOUR, numberOf, once, put } from "../test/assistants";
import { fakeAssistants } from "../test/fake-assistants";
import { house, openAccount, type TestAccount } from "../test/house";
import { carrierPosts } from "../test/signed";
import { pullReports } from "./calls/pull";
import { createAssistant } from "./create";
import { dialTarget } from "./dial-target";

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
