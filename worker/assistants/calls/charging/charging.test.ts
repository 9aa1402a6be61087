import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { callTo, connectionOf, desk, HOUR, numberOf, once, report, tell } from "../../../test/assistants";
import { fakeAssistants } from "../../../test/fake-assistants";
import { fakeCarrier } from "../../../test/fake-carrier";
import { house, openAccount } from "../../../test/house";
import { carrierPosts } from "../../../test/signed";
import { connectNumber } from "../../connections/connect";
import { settleConnections } from "../../connections/settle";
import { createAssistant } from "../../create";
import { pullReports } from "../pull";

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
