import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { CarrierRefusal, CarrierUnclear } from "../outside/carrier/carrier";
import { fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, openAccount, type TestAccount } from "../test/house";
import { findChannel, listChannels } from "./channels/store";
import { generateNumber } from "./generate";
import { GenerateInput } from "./inputs";
import { settlePurchases } from "./settle-purchases";

const ONCE = { key: null, requestHash: "" };
const usa = GenerateInput.parse({ country: "USA" });

async function kindsOf({ accountId }: TestAccount): Promise<string[]> {
	const { results } = await env.DB.prepare("SELECT kind FROM ledger WHERE account_id = ? ORDER BY seq")
		.bind(accountId)
		.all<{ kind: string }>();
	return results.map(({ kind }) => kind);
}

async function statesOf({ accountId }: TestAccount): Promise<string[]> {
	const { results } = await env.DB.prepare("SELECT status FROM numbers WHERE account_id = ? ORDER BY id")
		.bind(accountId)
		.all<{ status: string }>();
	return results.map(({ status }) => status);
}

describe("generating a number", () => {
	it("answers as the contract prints it, and stores number and channel", async () => {
		const account = await openAccount();
		const [e164 = ""] = freshNumbers(1);
		const scope = account.scope({ carrier: fakeCarrier({ stock: [e164] }) });

		const outcome = await generateNumber(scope, usa, ONCE);

		expect(outcome).toMatchObject({
			state: "done",
			body: {
				name: `USA - ${e164}`,
				phoneNumber: e164,
				countryCode: "+1",
				isoCountry: "US",
				type: "whatsapp",
				status: "active",
				capabilities: { voice: true, sms: true, mms: true },
				isMock: true,
				twilioSid: null,
				createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
				message: "Phone number purchased and stored successfully",
			},
		});
		expect(scope.db.trips.count).toBe(2);
		const [stored] = await listChannels(scope.db, account.accountId, null);
		expect(stored?.number).toMatchObject({ e164, status: "active" });
	});

	it("names the carrier's own id when the carrier is real", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		const outcome = await generateNumber(account.scope({ carrier: fakeCarrier({ name: "twilio" }) }), usa, ONCE);

		expect(outcome).toMatchObject({ body: { isMock: false, twilioSid: expect.stringMatching(/^PN[0-9a-f]{32}$/) } });
	});

	it.each(["USA", "US", "us", "United States", "united states of america"])("knows %s", (country) => {
		expect(GenerateInput.parse({ country }).country).toBe("US");
	});

	it("pays with pretended money in simulation when the wallet is empty, and says so in the ledger", async () => {
		const account = await openAccount();

		await generateNumber(account.scope({ carrier: fakeCarrier() }), usa, ONCE);

		expect(await kindsOf(account)).toEqual(["simulated_credit", "number_hold", "number_charge"]);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("pays with the account's own money when there is enough", async () => {
		const account = await openAccount({ balanceMicros: 5_000_000 });

		await generateNumber(account.scope({ carrier: fakeCarrier() }), usa, ONCE);

		expect(await kindsOf(account)).toEqual(["top_up", "number_hold", "number_charge"]);
	});

	it("asks for real money at a real carrier, and in production", async () => {
		const account = await openAccount();
		const real = account.scope({ carrier: fakeCarrier({ name: "twilio" }) });
		const production = account.scope({ carrier: fakeCarrier() });
		const live = { ...production, settings: { ...production.settings, ENVIRONMENT: "production" as const } };

		for (const scope of [real, live])
			await expect(generateNumber(scope, usa, ONCE)).rejects.toMatchObject({
				code: "out_of_credit",
				message: "Failed to generate phone number",
			});
		expect(await kindsOf(account)).toEqual([]);
	});

	it("leaves nobody richer when the carrier refuses", async () => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		carrier.upset("buyLine", { before: new CarrierRefusal("blocked", "21216", "blocked") });

		const outcome = await generateNumber(account.scope({ carrier }), usa, ONCE);

		expect(outcome).toMatchObject({ state: "failed", fault: { message: "Failed to generate phone number" } });
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await listChannels(account.scope().db, account.accountId, null)).toEqual([]);
	});

	it("takes the next number when the first has just been sold elsewhere", async () => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		carrier.upset("buyLine", { before: new CarrierRefusal("not_available", "21422", "gone"), times: 2 });

		const outcome = await generateNumber(account.scope({ carrier }), usa, ONCE);

		expect(outcome.state).toBe("done");
		expect(carrier.asked.buyLine).toBe(3);
		expect(await statesOf(account)).toEqual(["active"]);
	});

	it("gives twenty who press at once twenty different numbers", async () => {
		const carrier = fakeCarrier();
		const accounts = await Promise.all(Array.from({ length: 20 }, () => openAccount()));

		const outcomes = await Promise.all(
			accounts.map((account) => generateNumber(account.scope({ carrier }), usa, ONCE)),
		);

		expect(outcomes.map(({ state }) => state)).toEqual(Array(20).fill("done"));
		expect(carrier.lines.size).toBe(20);
	});

	it("says in the contract's words that there is nothing for sale", async () => {
		const account = await openAccount();

		const none = generateNumber(account.scope({ carrier: fakeCarrier({ stock: [] }) }), usa, ONCE);

		await expect(none).rejects.toMatchObject({
			code: "not_found",
			message: "Failed to generate phone number",
			details: "No available phone numbers in this country",
		});
	});

	it("says in the contract's words that the carrier does not answer", async () => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		carrier.upset("search", { before: timedOut() });

		const unclear = generateNumber(account.scope({ carrier }), usa, ONCE);

		await expect(unclear).rejects.toMatchObject({
			code: "carrier_unclear",
			message: "Failed to generate phone number",
		});
	});

	it("buys several when several are asked for, each with its channel", async () => {
		const account = await openAccount();
		const scope = account.scope({ carrier: fakeCarrier() });

		const outcome = await generateNumber(scope, { ...usa, count: 4 }, ONCE);

		expect(outcome).toMatchObject({ state: "done", body: { failed: 0 } });
		expect(await listChannels(scope.db, account.accountId, null)).toHaveLength(4);
	});

	it("repeats its answer for a key, with one purchase at the carrier", async () => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		const key = { key: "k", requestHash: "h" };

		const first = await generateNumber(account.scope({ carrier }), usa, key);
		const again = await generateNumber(account.scope({ carrier }), usa, key);

		expect(again).toEqual({ ...first, replayed: true });
		expect(carrier.lines.size).toBe(1);
	});

	it.each(["before", "after"] as const)("cut off %s its last step, ends with number and channel", async (when) => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		const scope = account.scope({ carrier });

		await expect(generateNumber({ ...scope, db: dyingAt(scope.db, 2, when) }, usa, ONCE)).rejects.toThrow();
		await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));

		const [found] = await listChannels(scope.db, account.accountId, null);
		expect(found?.number.status).toBe("active");
		expect(await findChannel(scope.db, account.accountId, null, found?.channel.id ?? "")).toEqual(found);
	});

	it("cut off before the carrier sold, ends with neither", async () => {
		const account = await openAccount();
		const carrier = fakeCarrier();
		carrier.upset("buyLine", { before: new CarrierUnclear("cut") });

		await generateNumber(account.scope({ carrier }), usa, ONCE);
		await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));

		expect(await statesOf(account)).toEqual(["failed"]);
		expect(await listChannels(account.scope().db, account.accountId, null)).toEqual([]);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it.each([
		[{ capabilities: ["SMS", "voice"] }, { sms: true, voice: true }],
		[{ capabilities: { sms: true, mms: false } }, { sms: true }],
		[{ capabilities: "sms, mms" }, { sms: true, mms: true }],
		[{ capabilities: [] }, {}],
	])("reads %j", (input, wanted) => {
		expect(GenerateInput.parse({ country: "US", ...input }).capabilities).toEqual(wanted);
	});

	it.each([
		{ country: "Atlantis" },
		{ country: "" },
		{},
		{ country: "US", count: 0 },
		{ country: "US", count: -1 },
		{ country: "US", count: 1e6 },
		{ country: "US", count: 2.5 },
		{ country: "US", type: "fax" },
		{ country: "US", areaCode: "' OR 1=1" },
		{ country: "US", capabilities: ["fax"] },
		{ country: "US", status: "active" },
	])("does not accept %j", (input) => {
		expect(GenerateInput.safeParse(input).success).toBe(false);
	});
});
