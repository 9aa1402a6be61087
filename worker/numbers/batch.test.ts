import { describe, expect, it, vi } from "vitest";
import { CarrierRefusal } from "../outside/carrier/carrier";
import { fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { dyingAt } from "../test/fault-db";
import { house, openAccount } from "../test/house";
import { type Batch, BatchInput } from "./inputs";
import { purchaseBatch, readBatch } from "./purchase-batch";
import { settlePurchases } from "./settle-purchases";

const PRICE = 1_150_000;
const ONCE = { key: null, requestHash: "" };
const order = (count: number) => BatchInput.parse({ country: "United States", count });

async function bodyOf(outcome: ReturnType<typeof purchaseBatch>): Promise<Batch> {
	const ended = await outcome;
	if (ended.state !== "done") throw new Error(ended.state);
	return ended.body;
}

describe("buying several numbers", () => {
	it("tells of each how it went, and charges for what was bought", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();

		const batch = await bodyOf(purchaseBatch(account.scope({ carrier }), order(5), ONCE));

		expect(batch).toMatchObject({ status: "done", requested: 5, purchased: 5, failed: 0, pending: 0 });
		expect(new Set(batch.results.map(({ number }) => number)).size).toBe(5);
		expect(batch.spent.amountMicros).toBe(5 * PRICE);
		expect(await account.balance()).toEqual({ available: 10_000_000 - 5 * PRICE, held: 0 });
	});

	it("buys as many as the balance covers and says of the rest that it does not", async () => {
		const account = await openAccount({ balanceMicros: 3 * PRICE });

		const batch = await bodyOf(purchaseBatch(account.scope({ carrier: fakeCarrier() }), order(8), ONCE));

		expect(batch).toMatchObject({ purchased: 3, failed: 5 });
		expect(batch.results.filter(({ error }) => error?.code === "out_of_credit")).toHaveLength(5);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("gives back exactly what failed", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		carrier.upset("buyLine", { before: new CarrierRefusal("blocked", "21216", "blocked"), times: 2 });

		const batch = await bodyOf(purchaseBatch(account.scope({ carrier }), order(5), ONCE));

		expect(batch).toMatchObject({ purchased: 3, failed: 2 });
		expect(await account.balance()).toEqual({ available: 10_000_000 - 3 * PRICE, held: 0 });
	});

	it("asks the carrier for what the numbers must be able to do", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		const asked = vi.spyOn(carrier, "search");
		const wanted = BatchInput.parse({ country: "US", count: 1, capabilities: ["sms", "voice"] });

		await purchaseBatch(account.scope({ carrier }), wanted, ONCE);

		expect(asked).toHaveBeenCalledWith(expect.objectContaining({ capabilities: { sms: true, voice: true } }));
	});

	it("says what the carrier's stock did not have", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });

		const scope = account.scope({ carrier: fakeCarrier({ stock: freshNumbers(2) }) });
		const batch = await bodyOf(purchaseBatch(scope, order(4), ONCE));

		expect(batch).toMatchObject({ requested: 4, purchased: 2, failed: 2 });
		expect(batch.results).toHaveLength(4);
	});

	it("shows later what was pending when it answered", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		const scope = account.scope({ carrier });
		carrier.upset("buyLine", { after: timedOut(), times: 1 });

		const first = await bodyOf(purchaseBatch(scope, order(3), ONCE));
		await settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));
		const later = await readBatch(scope, first.batchId);

		expect(first).toMatchObject({ purchased: 2, pending: 1 });
		expect(later).toMatchObject({ purchased: 3, pending: 0, spent: { amountMicros: 3 * PRICE } });
	});

	it("cut off midway ends with what was bought until then, all of it settled", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		const scope = account.scope({ carrier });

		await expect(purchaseBatch({ ...scope, db: dyingAt(scope.db, 5, "after") }, order(4), ONCE)).rejects.toThrow();
		const tick = () => settlePurchases(house({ carrier, now: () => Date.now() + 3_600_000 }));
		await tick();
		await tick();

		const { held, available } = await account.balance();
		expect(held).toBe(0);
		expect(available).toBe(10_000_000 - PRICE * carrier.lines.size);
	});

	it("is bought once for one key, however often it is asked", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const carrier = fakeCarrier();
		const key = { key: "k", requestHash: "h" };

		const first = await purchaseBatch(account.scope({ carrier }), order(2), key);
		const again = await purchaseBatch(account.scope({ carrier }), order(2), key);

		expect(again).toEqual({ ...first, replayed: true });
		expect(carrier.lines.size).toBe(2);
	});

	it("is nobody else's to read", async () => {
		const account = await openAccount({ balanceMicros: 10_000_000 });
		const stranger = await openAccount();
		const { batchId } = await bodyOf(purchaseBatch(account.scope({ carrier: fakeCarrier() }), order(1), ONCE));

		await expect(readBatch(stranger.scope(), batchId)).rejects.toMatchObject({ code: "not_found" });
	});

	it.each([0, -1, 1e6, 2.5, "3", Number.NaN])("does not accept %s as a count", (count) => {
		expect(BatchInput.safeParse({ country: "US", count }).success).toBe(false);
	});
});
