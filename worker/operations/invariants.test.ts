import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { flushOutbox } from "../live/tell";
import { PurchaseInput } from "../numbers/inputs";
import { purchaseNumber } from "../numbers/purchase";
import { openAdministrator } from "../test/access-matrix.people";
import { fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { house, knock, openAccount } from "../test/house";
import { InstallationSettings } from "./inputs";
import { beatCron, readInvariants } from "./invariants";

/** The names of the rules that do not hold, an hour from now: everything under way is late then. */
async function broken(later = 0): Promise<string[]> {
	const then = house({ now: () => Date.now() + later });
	await beatCron(then);
	await flushOutbox(then);
	const { checks } = await readInvariants(then);
	return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

describe("the invariants", () => {
	it("hold for an installation where people buy numbers", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		for (const number of freshNumbers(3))
			await purchaseNumber(account.scope({ carrier: fakeCarrier() }), PurchaseInput.parse({ number }), {
				key: null,
				requestHash: "",
			});

		expect(await broken()).toEqual([]);
	});

	it("name a hold that nobody has settled in its time", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		carrier.upset("buyLine", { before: timedOut() });
		const [number = ""] = freshNumbers(1);
		await purchaseNumber(account.scope({ carrier }), PurchaseInput.parse({ number }), { key: null, requestHash: "" });

		expect(await broken()).toEqual([]);
		expect(await broken(3_600_000)).toEqual(["no_operation_past_its_age"]);
		await env.DB.prepare("UPDATE operations SET state = 'failed', settled_at = 1 WHERE account_id = ?")
			.bind(account.accountId)
			.run();
		expect(await broken()).toEqual(["holds_are_explained", "no_number_without_its_purchase"]);
		await env.DB.prepare("UPDATE operations SET state = 'open', settled_at = NULL WHERE account_id = ?")
			.bind(account.accountId)
			.run();
	});

	it("name a wallet that its ledger does not explain", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const add = (micros: number) =>
			env.DB.prepare("UPDATE wallets SET available_micros = available_micros + ?2 WHERE account_id = ?1")
				.bind(account.accountId, micros)
				.run();

		await add(7);
		const { checks } = await readInvariants(house());
		await add(-7);

		expect(checks.find(({ name }) => name === "ledger_equals_balances")).toMatchObject({
			ok: false,
			details: { found: 1, examples: [{ id: account.accountId, available: 1_000_007, ledger_available: 1_000_000 }] },
		});
	});

	it("name a number that nobody bought", async () => {
		const account = await openAccount();
		const [number = ""] = freshNumbers(1);
		await env.DB.prepare(
			`INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, monthly_micros, purchased_at, created_at)
			VALUES ('num_orphan', ?, ?, 'active', 'US', 'local', 'simulated', 'PN1', 0, 1, 1)`,
		)
			.bind(account.accountId, number)
			.run();

		expect(await broken()).toEqual(["no_number_without_its_purchase"]);
		await env.DB.prepare("DELETE FROM numbers WHERE id = 'num_orphan'").run();
	});

	it("miss the cron when it has not come for minutes", async () => {
		await beatCron(house());

		const { checks } = await readInvariants(house({ now: () => Date.now() + 200_000 }));

		expect(checks.find(({ name }) => name === "cron_is_alive")?.ok).toBe(false);
	});

	it("are read in one round trip, by administrators only", async () => {
		const [administrator, account] = [await openAdministrator(), await openAccount()];
		await beatCron(house());

		const reply = await administrator.call("/api/admin/invariants");

		expect(await reply.json()).toMatchObject({
			ok: true,
			checks: expect.arrayContaining([{ name: "outbox_is_drained", ok: true, details: { found: 0, examples: [] } }]),
		});
		expect((await account.call("/api/admin/invariants")).status).toBe(403);
		expect((await knock("/api/admin/invariants")).status).toBe(401);
	});
});

describe("the installation's settings", () => {
	it("can be read and changed by administrators, and the change is written down", async () => {
		const administrator = await openAdministrator();

		const before = await administrator.call("/api/admin/settings");
		const changed = await administrator.call(
			"/api/admin/settings",
			{ legalHours: { start: "09:00", end: "20:30" } },
			{ method: "PATCH" },
		);
		const after = await administrator.call("/api/admin/settings");

		expect(InstallationSettings.parse(await before.json()).legalHours).toEqual({ start: "08:00", end: "21:00" });
		expect(changed.status).toBe(200);
		expect(InstallationSettings.parse(await after.json()).legalHours).toEqual({ start: "09:00", end: "20:30" });
		const written = await env.DB.prepare("SELECT action FROM audit_log WHERE account_id = ?")
			.bind(administrator.accountId)
			.all();
		expect(written.results).toEqual([{ action: "installation.changed" }]);
	});

	it.each([
		{ legalHours: { start: "21:00", end: "08:00" } },
		{ legalHours: { start: "8", end: "21:00" } },
		{ legalHours: { start: "25:00", end: "26:00" } },
		{ legalHours: { start: "08:00" } },
		{ rent: { graceDays: 2, lastNoticeDays: 3 } },
		{ rent: { graceDays: -1, lastNoticeDays: -1 } },
		{ anything: 1 },
	])("do not accept %j", async (change) => {
		const administrator = await openAdministrator();

		const reply = await administrator.call("/api/admin/settings", change, { method: "PATCH" });

		expect(reply.status).toBe(422);
	});

	it("are nobody else's", async () => {
		const account = await openAccount();

		expect((await account.call("/api/admin/settings")).status).toBe(403);
		expect((await knock("/api/admin/settings")).status).toBe(401);
	});
});
