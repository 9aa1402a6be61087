import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openAdministrator, openMember } from "../test/access-matrix.people";
import { knock, openAccount, type TestAccount } from "../test/house";
import { Price, WalletRules } from "./inputs";

const patch = (who: TestAccount, rules: unknown) => who.call("/api/wallet/rules", rules, { method: "PATCH" });

/** Sets so much aside, as an operation would. */
const hold = ({ accountId }: TestAccount, micros: number, ref = crypto.randomUUID()) =>
	env.DB.prepare(
		"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?, 'call_hold', 'available', 'held', ?, ?, ?)",
	)
		.bind(accountId, micros, ref, Date.now())
		.run();

const giveBack = ({ accountId }: TestAccount, micros: number, ref: string) =>
	env.DB.prepare(
		"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?, 'call_release', 'held', 'available', ?, ?, ?)",
	)
		.bind(accountId, micros, ref, Date.now())
		.run();

describe("the daily cap", () => {
	it("stops what goes beyond it, and counts what was given back as not spent", async () => {
		const account = await openAccount({ balanceMicros: 20_000_000 });
		await patch(account, { dailyCapMicros: 3_000_000 });

		await hold(account, 2_000_000, "first");
		await expect(hold(account, 2_000_000)).rejects.toThrow("day_within_cap");
		await giveBack(account, 2_000_000, "first");
		await hold(account, 3_000_000);

		expect(await account.balance()).toEqual({ available: 17_000_000, held: 3_000_000 });
	});

	it("keeps a purchase from happening, and says why", async () => {
		const account = await openAccount({ balanceMicros: 20_000_000 });
		await patch(account, { dailyCapMicros: 1_000_000 });

		const reply = await account.call("/api/channels/generate-phone-number", { country: "US" });

		expect(reply.status).toBe(402);
		expect(await account.balance()).toEqual({ available: 20_000_000, held: 0 });
	});

	it("can be lifted", async () => {
		const account = await openAccount({ balanceMicros: 20_000_000 });
		await patch(account, { dailyCapMicros: 0 });

		const lifted = await patch(account, { dailyCapMicros: null });
		await hold(account, 5_000_000);

		expect(WalletRules.parse(await lifted.json())).toEqual({ dailyCapMicros: null, lowBalanceMicros: 5_000_000 });
	});

	it.each([
		{ dailyCapMicros: -1 },
		{ dailyCapMicros: 0.5 },
		{ dailyCapMicros: 2 ** 53 },
		{ lowBalanceMicros: null },
		{ x: 1 },
	])("does not accept %j", async (rules) => {
		expect((await patch(await openAccount(), rules)).status).toBe(422);
	});

	it("is nobody's but the owner's", async () => {
		const account = await openAccount();
		const { token } = await openMember(account);

		const asMember = await knock("/api/wallet/rules", { headers: { authorization: `Bearer ${token}` } });

		expect(asMember.status).toBe(403);
		expect((await knock("/api/wallet/rules")).status).toBe(401);
	});
});

describe("the low-balance notice", () => {
	it("comes once a day, when the balance falls below the level", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		await patch(account, { lowBalanceMicros: 8_000_000 });

		for (const ref of ["a", "b"]) {
			await hold(account, 3_000_000, account.accountId + ref);
			await giveBack(account, 3_000_000, account.accountId + ref);
		}

		const { items }: { items: { kind: string; text: string }[] } = await (await account.call("/api/notices")).json();
		expect(items).toMatchObject([{ kind: "low_balance", text: expect.stringContaining("$7.00") }]);
	});
});

describe("the statement", () => {
	it("can be had as CSV with every entry, and no cell runs as a formula", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		await env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
			INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
			SELECT ?1, 'top_up', 'external', 'available', 1000000, ?1 || i, '=1+1', i FROM n`,
		)
			.bind(account.accountId)
			.run();

		const reply = await account.call("/api/wallet/entries.csv");

		const lines = (await reply.text()).trimEnd().split("\r\n");
		expect(reply.headers.get("content-type")).toContain("text/csv");
		expect(lines).toHaveLength(1 + 1_501);
		expect(lines[1]).toContain(",1501.000000,1501.000000,USD,'=1+1,");
		expect(lines.at(-1)).toContain(",1.000000,1.000000,USD,");
	});

	it("is drawn by day", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		await account.call("/api/channels/generate-phone-number", { country: "US" });

		const reply = await account.call("/api/wallet/spend?days=7");
		const days: { day: string; spent: { amountMicros: number }; paidIn: { amountMicros: number } }[] =
			await reply.json();

		expect(days).toHaveLength(7);
		expect(days.at(-1)).toMatchObject({ spent: { amountMicros: 1_150_000 }, paidIn: { amountMicros: 10_000_000 } });
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});
});

describe("the price book", () => {
	const put = (who: TestAccount, price: unknown) => who.call("/api/admin/prices", price, { method: "PUT" });

	it("is edited by administrators, holds for the next purchase, and remembers who changed it", async () => {
		const administrator = await openAdministrator();
		const account = await openAccount();
		const price = { item: "number_month", country: "SE", lineType: "mobile", amountMicros: 4_250_000 };

		const set = await put(administrator, price);
		const prices = Price.array().parse(await (await account.call("/api/prices")).json());
		const offers: { monthlyPrice: number }[] = await (
			await account.call("/api/phone-numbers/search?country=SE&type=mobile")
		).json();

		expect(set.status).toBe(200);
		expect(prices).toContainEqual(price);
		expect(offers[0]?.monthlyPrice).toBe(4.25);
		const written = await env.DB.prepare("SELECT action FROM audit_log WHERE account_id = ?")
			.bind(administrator.accountId)
			.all();
		expect(written.results).toEqual([{ action: "price.set" }]);
	});

	it("falls back to the more general price when an exact one is removed, and keeps the most general one", async () => {
		const administrator = await openAdministrator();
		const remove = (query: string) => administrator.call(`/api/admin/prices?${query}`, undefined, { method: "DELETE" });
		await put(administrator, { item: "sms_segment", country: "CH", amountMicros: 70_000 });

		const replies = [
			await remove("item=sms_segment&country=CH"),
			await remove("item=sms_segment&country=CH"),
			await remove("item=sms_segment&country=*"),
		];

		expect(replies.map(({ status }) => status)).toEqual([200, 404, 409]);
	});

	it.each([
		{ item: "gold", country: "US", amountMicros: 1 },
		{ item: "mms", country: "USA", amountMicros: 1 },
		{ item: "mms", country: "US", amountMicros: -1 },
		{ item: "mms", country: "US", amountMicros: 0.5 },
		{ item: "mms", country: "US", amountMicros: 2e9 },
	])("does not accept %j", async (price) => {
		expect((await put(await openAdministrator(), price)).status).toBe(422);
	});

	it("is not for anybody else to edit", async () => {
		const account = await openAccount();

		expect((await put(account, { item: "mms", country: "US", amountMicros: 1 })).status).toBe(403);
		expect((await knock("/api/admin/prices", { method: "PUT" })).status).toBe(401);
		expect((await knock("/api/prices")).status).toBe(401);
	});
});
