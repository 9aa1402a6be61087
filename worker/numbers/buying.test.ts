import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";
import { readLine } from "../pure/line";
import type { Scope } from "../scope";
import { type FakeCarrier, fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, openAccount, type TestAccount } from "../test/house";
import { PurchaseInput } from "./inputs";
import { purchaseNumber } from "./purchase";
import { settlePurchases } from "./settle-purchases";

const PRICE = 1_150_000;
const ONCE = { key: null, requestHash: "" };
const once = (key: string, requestHash = "h") => ({ key, requestHash });

/** An account with money, a carrier, and the number that it wants. */
async function buyer(balanceMicros = 10_000_000) {
	const account = await openAccount({ balanceMicros });
	const carrier = fakeCarrier();
	const [e164 = ""] = freshNumbers(1);
	const input = PurchaseInput.parse({ number: e164, label: "Front desk", city: "San Francisco", state: "CA" });
	return { account, carrier, e164, input, scope: account.scope({ carrier }) };
}

/** The completer, as the cron runs it when everything under way is old enough. */
async function tickLater(carrier: FakeCarrier): Promise<void> {
	await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));
}

async function numbersOf({ accountId }: Pick<TestAccount, "accountId">) {
	const { results } = await env.DB.prepare("SELECT e164, status, carrier_ref FROM numbers WHERE account_id = ?")
		.bind(accountId)
		.all<{ e164: string; status: string; carrier_ref: string | null }>();
	return results;
}

async function kindsOf({ accountId }: Pick<TestAccount, "accountId">): Promise<string[]> {
	const { results } = await env.DB.prepare("SELECT kind FROM ledger WHERE account_id = ? ORDER BY seq")
		.bind(accountId)
		.all<{ kind: string }>();
	return results.map(({ kind }) => kind);
}

/** Owned there, owned here and charged once; or none of the three. */
async function expectOwnedOrNothing({ account, carrier, e164 }: Awaited<ReturnType<typeof buyer>>): Promise<void> {
	const there = [...carrier.lines.values()].filter((line) => line.e164 === e164);
	const here = (await numbersOf(account)).filter(({ status }) => status === "active");
	const { available, held } = await account.balance();

	expect(here.map(({ carrier_ref }) => carrier_ref)).toEqual(there.map(({ ref }) => ref));
	expect(held).toBe(0);
	expect(available).toBe(10_000_000 - PRICE * here.length);
	expect((await kindsOf(account)).filter((kind) => kind === "number_charge")).toHaveLength(here.length);
}

describe("buying a number", () => {
	it("takes two round trips besides the carrier, with and without a key", async () => {
		for (const key of [null, "a-key"]) {
			const { scope, input } = await buyer();

			await purchaseNumber(scope, input, { key, requestHash: "h" });

			expect(scope.db.trips.count).toBe(2);
		}
	});

	it("charges the price once and makes the number active", async () => {
		const { account, carrier, scope, input, e164 } = await buyer();

		const bought = await purchaseNumber(scope, input, ONCE);

		expect(bought).toMatchObject({ state: "done", body: { number: e164, isActive: true, monthlyPrice: 1.15 } });
		expect(await account.balance()).toEqual({ available: 10_000_000 - PRICE, held: 0 });
		expect(await kindsOf(account)).toEqual(["top_up", "number_hold", "number_charge"]);
		expect(carrier.asked.buyLine).toBe(1);
	});

	it("sells exactly six of fifty at once on a balance for six", async () => {
		const account = await openAccount({ balanceMicros: 6 * PRICE });
		const carrier = fakeCarrier();

		const ends = await Promise.allSettled(
			freshNumbers(50).map((number) =>
				purchaseNumber(account.scope({ carrier }), PurchaseInput.parse({ number }), ONCE),
			),
		);

		const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
		expect(ends.filter((end) => end.status === "fulfilled" && end.value.state === "done")).toHaveLength(6);
		expect(refused).toEqual(Array(44).fill("out_of_credit"));
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(carrier.lines.size).toBe(6);
	});

	it("buys once for twenty requests at once with one key", async () => {
		const { account, carrier, input } = await buyer();

		const ends = await Promise.allSettled(
			Array.from({ length: 20 }, () => purchaseNumber(account.scope({ carrier }), input, once("k"))),
		);

		const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
		expect(carrier.asked.buyLine).toBe(1);
		expect(new Set(refused)).toEqual(new Set(refused.length ? ["in_progress"] : []));
		expect(await account.balance()).toEqual({ available: 10_000_000 - PRICE, held: 0 });
	});

	it("gives the same answer to the same key again, marked as replayed", async () => {
		const { account, carrier, input, scope } = await buyer();
		const first = await purchaseNumber(scope, input, once("k"));

		const again = await purchaseNumber(account.scope({ carrier }), input, once("k"));

		expect(again).toEqual({ ...first, replayed: true });
		expect(carrier.asked.buyLine).toBe(1);
	});

	it("refuses a key that was used for another body, or by somebody else of the account", async () => {
		const { account, carrier, input, scope } = await buyer();
		await purchaseNumber(scope, input, once("k"));

		const other = purchaseNumber(account.scope({ carrier }), input, once("k", "another body"));
		await expect(other).rejects.toMatchObject({ code: "key_reused" });
	});

	it("keeps keys apart by account", async () => {
		const [one, two] = [await buyer(), await buyer()];

		const ends = [
			await purchaseNumber(one.scope, one.input, once("k")),
			await purchaseNumber(two.scope, two.input, once("k")),
		];

		expect(ends.map(({ state }) => state)).toEqual(["done", "done"]);
	});

	it("gives the money back when the carrier refuses, and says the same to the same key", async () => {
		const { account, carrier, input, scope } = await buyer();
		carrier.upset("buyLine", { before: new CarrierRefusal("needs_documents", "21631", "bundle required") });

		const refused = await purchaseNumber(scope, input, once("k"));
		const again = await purchaseNumber(account.scope({ carrier }), input, once("k"));

		expect(refused).toMatchObject({ state: "failed", fault: { code: "carrier_refused" } });
		expect(again).toMatchObject({ state: "failed", replayed: true, fault: { code: "carrier_refused" } });
		expect(await account.balance()).toEqual({ available: 10_000_000, held: 0 });
		expect(await kindsOf(account)).toEqual(["top_up", "number_hold", "number_release"]);
	});

	it("gives the money back when the carrier is busy, and when the number is sold elsewhere", async () => {
		for (const mishap of [new CarrierBusy(7, "busy"), new CarrierRefusal("not_available", "21422", "gone")]) {
			const { account, carrier, input, scope } = await buyer();
			carrier.upset("buyLine", { before: mishap });

			const refused = await purchaseNumber(scope, input, ONCE);

			expect(refused).toMatchObject({
				state: "failed",
				fault: { code: mishap instanceof CarrierBusy ? "try_again" : "conflict" },
			});
			expect(await account.balance()).toEqual({ available: 10_000_000, held: 0 });
		}
	});

	it("sells a number to one of two accounts", async () => {
		const first = await buyer();
		const second = await openAccount({ balanceMicros: 10_000_000 });
		await purchaseNumber(first.scope, first.input, ONCE);

		const late = purchaseNumber(second.scope({ carrier: first.carrier }), first.input, ONCE);

		await expect(late).rejects.toMatchObject({ code: "already_exists" });
		expect(await second.balance()).toEqual({ available: 10_000_000, held: 0 });
	});

	it.each([0, 0.01, 1.14, 1.16, 1e6])("refuses %s as the price with the true one", async (monthlyPrice) => {
		const { account, input, scope, carrier } = await buyer();

		const refused = purchaseNumber(scope, { ...input, monthlyPrice }, ONCE);

		await expect(refused).rejects.toMatchObject({
			code: "price_changed",
			details: [{ path: "monthlyPrice", message: "1.15" }],
		});
		expect(carrier.asked.buyLine).toBeUndefined();
		expect(await account.balance()).toEqual({ available: 10_000_000, held: 0 });
	});

	it("takes country and type from the number, whatever the buyer says they are", async () => {
		const { account, scope } = await buyer();
		const tollFree = PurchaseInput.parse({ number: "+18005550123", country: "Germany" });

		await purchaseNumber(scope, tollFree, ONCE);

		expect(await account.balance()).toEqual({ available: 10_000_000 - 2_150_000, held: 0 });
	});

	it("does not buy for a session that has ended", async () => {
		const { account, carrier, input, scope } = await buyer();
		await env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE user_id = ?").bind(account.userId).run();

		await expect(purchaseNumber(scope, input, ONCE)).rejects.toThrow();
		expect(carrier.asked.buyLine).toBeUndefined();
		expect(await numbersOf(account)).toEqual([]);
	});

	it("does not buy for a sub-account", async () => {
		const { input, scope } = await buyer();

		await expect(purchaseNumber({ ...scope, role: "member" }, input, ONCE)).rejects.toMatchObject({
			code: "not_allowed",
		});
	});
});

/** Runs a purchase in a process that dies on the way. */
async function killed(scope: Scope, input: PurchaseInput, trip: number, when: "before" | "after"): Promise<void> {
	await expect(purchaseNumber({ ...scope, db: dyingAt(scope.db, trip, when) }, input, once("k"))).rejects.toThrow();
}

describe("a purchase that is cut off", () => {
	it("before its first step leaves nothing", async () => {
		const all = await buyer();

		await killed(all.scope, all.input, 1, "before");
		await tickLater(all.carrier);

		expect(all.carrier.lines.size).toBe(0);
		await expectOwnedOrNothing(all);
	});

	it("with the money set aside, before the carrier was asked, gives it back", async () => {
		const all = await buyer();

		await killed(all.scope, all.input, 1, "after");
		expect(await all.account.balance()).toEqual({ available: 10_000_000 - PRICE, held: PRICE });
		await tickLater(all.carrier);

		expect(await numbersOf(all.account)).toMatchObject([{ status: "failed" }]);
		await expectOwnedOrNothing(all);
	});

	it.each(["before", "after"] as const)(
		"%s its last step, with the line bought, ends owned and charged once",
		async (when) => {
			const all = await buyer();

			await killed(all.scope, all.input, 2, when);
			await tickLater(all.carrier);
			await tickLater(all.carrier);

			expect(await numbersOf(all.account)).toMatchObject([{ status: "active" }]);
			await expectOwnedOrNothing(all);
		},
	);

	it("and asked again with its key is at work, then done", async () => {
		const all = await buyer();
		await killed(all.scope, all.input, 2, "before");

		const early = purchaseNumber(all.account.scope({ carrier: all.carrier }), all.input, once("k"));
		await expect(early).rejects.toMatchObject({ code: "in_progress", retryAfter: expect.any(Number) });
		await tickLater(all.carrier);
		const late = await purchaseNumber(all.account.scope({ carrier: all.carrier }), all.input, once("k"));

		expect(late).toMatchObject({ state: "done", replayed: true, body: { number: all.e164 } });
	});

	it.each([
		["a timeout before the effect", { before: timedOut() }],
		["an unreadable answer", { before: new SyntaxError("Unexpected token <") }],
		["a timeout after the effect", { after: timedOut() }],
		["a 500 after the effect", { after: new Error("500") }],
	])("by %s is pending, then owned or undone", async (_, mishap) => {
		const all = await buyer();
		all.carrier.upset("buyLine", { ...mishap, times: 1 });

		const pending = await purchaseNumber(all.scope, all.input, once("k"));
		const again = await purchaseNumber(all.account.scope({ carrier: all.carrier }), all.input, once("k"));
		expect(pending).toMatchObject({ state: "pending", operationId: expect.stringMatching(/^op_/) });
		expect(again).toEqual({ ...pending, replayed: true });
		await tickLater(all.carrier);

		const status = "after" in mishap ? "active" : "failed";
		expect(await numbersOf(all.account)).toMatchObject([{ status }]);
		await expectOwnedOrNothing(all);
	});

	it("waits on while the carrier does not tell, and holds the money meanwhile", async () => {
		const all = await buyer();
		all.carrier.upset("buyLine", { after: timedOut() });
		all.carrier.upset("findLine", { before: timedOut(), times: 1 });
		await purchaseNumber(all.scope, all.input, ONCE);

		await tickLater(all.carrier);
		expect(await all.account.balance()).toEqual({ available: 10_000_000 - PRICE, held: PRICE });
		await tickLater(all.carrier);

		await expectOwnedOrNothing(all);
	});

	it("is left alone until it is old enough", async () => {
		const all = await buyer();
		await killed(all.scope, all.input, 2, "before");

		await settlePurchases(house({ carrier: all.carrier }));

		expect(await numbersOf(all.account)).toMatchObject([{ status: "pending" }]);
	});

	it("is not taken for bought by a line of the same number that another operation bought", async () => {
		const all = await buyer();
		await killed(all.scope, all.input, 1, "after");
		await all.carrier.buyLine({ e164: all.e164, operationId: "op_of_somebody_else" });

		await tickLater(all.carrier);

		expect(await numbersOf(all.account)).toMatchObject([{ status: "failed" }]);
		expect(await all.account.balance()).toEqual({ available: 10_000_000, held: 0 });
	});

	it("gives the line back at the carrier when the completer had given the money back", async () => {
		const all = await buyer();
		const { carrier } = all;
		// The completer looks before the carrier shows the line, and gives up; then the carrier's answer arrives.
		const blind = fakeCarrier();
		carrier.upset("buyLine", { meanwhile: () => tickLater(blind) });

		const ended = await purchaseNumber(all.scope, all.input, ONCE);

		expect(ended).toMatchObject({ state: "failed", fault: { code: "carrier_unclear" } });
		expect(carrier.lines.size).toBe(0);
		await expectOwnedOrNothing(all);
	});

	it("goes on giving the line back when the carrier fails to take it", async () => {
		const all = await buyer();
		const { carrier } = all;
		carrier.upset("buyLine", { meanwhile: () => tickLater(fakeCarrier()) });
		carrier.upset("releaseLine", { before: timedOut(), times: 1 });

		await purchaseNumber(all.scope, all.input, ONCE);
		expect(carrier.lines.size).toBe(1);
		await tickLater(carrier);

		expect(carrier.lines.size).toBe(0);
		await expectOwnedOrNothing(all);
	});

	it("is charged once when two completers and the buyer end it together", async () => {
		const all = await buyer();
		const { carrier } = all;
		carrier.upset("buyLine", { meanwhile: () => Promise.all([tickLater(carrier), tickLater(carrier)]) });

		const ended = await purchaseNumber(all.scope, all.input, ONCE);

		expect(ended).toMatchObject({ state: "done", body: { number: all.e164 } });
		await expectOwnedOrNothing(all);
	});
});

describe("reading what carriers sell", () => {
	it.each([
		["+14155550123", { country: "US", type: "local" }],
		["+18005550123", { country: "US", type: "tollfree" }],
		["+447400123456", { country: "GB", type: "mobile" }],
		["+15551234567", { country: "US", type: "local" }],
	])("%s", (e164, expected) => {
		expect(readLine(e164)).toEqual({ e164, ...expected });
	});

	it.each(["", "4155550123", "+1415", "+1 415 555 0123 ext. 5", "' OR 1=1", `+${"1".repeat(50)}`])(
		"%s is not for sale anywhere",
		(text) => {
			expect(readLine(text)).toBeNull();
		},
	);
});
