import { describe, expect, it } from "vitest";
import { inOneBatch, type Statement } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { spendAs } from "../../identity/store";
import { openMember } from "../../test/access-matrix.people";
import { house, openAccount, type TestAccount } from "../../test/house";
import { reserveUsage, settleUsage, type Use } from "./store";

const MINUTE = 14_000;

const use = (change: Partial<Use> = {}): Use => ({
	ref: `use_${crypto.randomUUID()}`,
	item: "call_minute",
	country: "US",
	units: 10,
	memo: "+14155550100",
	now: Date.now(),
	settleBy: Date.now() + 60_000,
	...change,
});

async function reserve({ accountId }: TestAccount, wanted: Use, before: Statement[] = []) {
	const results = await inOneBatch<Statement>(house().db, [...before, reserveUsage(house().db, accountId, wanted)]);
	return (results.at(-1) as { unitsHeld: number; unitMicros: number }[])[0];
}

async function settle({ accountId }: TestAccount, ref: string, units: number) {
	const [rows] = await inOneBatch(house().db, [
		settleUsage(house().db, accountId, { ref, units, now: Date.now() }),
	] as const);
	return rows;
}

describe("what is used by the piece", () => {
	it("is set aside at the start and charged at the end by what really happened", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const call = use();

		const held = await reserve(account, call);

		expect(held).toMatchObject({ unitsHeld: 10, unitMicros: MINUTE });
		expect(await account.balance()).toEqual({ available: 860_000, held: 140_000 });
		expect(await settle(account, call.ref, 3)).toEqual([{ ref: call.ref, costMicros: 3 * MINUTE }]);
		expect(await account.balance()).toEqual({ available: 958_000, held: 0 });
	});

	it("ends once, however often its end is told", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const call = use();
		await reserve(account, call);

		const ends = await Promise.all([3, 4, 5].map((units) => settle(account, call.ref, units)));

		expect(ends.flat()).toHaveLength(1);
		const [cost = 0] = ends.flat().map(({ costMicros }) => costMicros);
		expect(await account.balance()).toEqual({ available: 1_000_000 - cost, held: 0 });
	});

	it.each([
		[0, 0],
		[-5, 0],
		[99, 10],
	])("charges for %i units what was set aside at most: %i", async (units, charged) => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const call = use();
		await reserve(account, call);

		await settle(account, call.ref, units);

		expect(await account.balance()).toEqual({ available: 1_000_000 - charged * MINUTE, held: 0 });
	});

	it("keeps the price that it had at the start, exact country before any", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });

		const texts = [];
		for (const country of ["US", "GB", "ZW"])
			texts.push(await reserve(account, use({ item: "sms_segment", country, units: 2 })));

		expect(texts.map((text) => text?.unitMicros)).toEqual([7_900, 46_000, 90_000]);
	});

	it("does not begin without the money, and under one name only once", async () => {
		const account = await openAccount({ balanceMicros: 140_000 });
		const call = use();

		const dear = await reserve(account, use({ units: 11 })).catch(brokenRule);
		await reserve(account, call);
		const again = await reserve(account, call).catch(brokenRule);

		expect(dear).toBe("wallet_covers");
		expect(again).toBe("usages.ref");
		expect(await account.balance()).toEqual({ available: 0, held: 140_000 });
	});

	it("sets as many units aside as there is money for, between two bounds", async () => {
		const account = await openAccount({ balanceMicros: 100_000 });
		const poor = await openAccount({ balanceMicros: MINUTE - 1 });
		const bounds = { atLeast: 1, atMost: 60 };

		const held = await reserve(account, use({ units: bounds }));
		const nothing = await reserve(poor, use({ units: bounds })).catch(brokenRule);
		const rich = await reserve(await openAccount({ balanceMicros: 9_000_000 }), use({ units: bounds }));

		expect(held?.unitsHeld).toBe(7);
		expect(nothing).toBe("wallet_covers");
		expect(rich?.unitsHeld).toBe(60);
	});

	it("sets no more aside than the daily cap leaves", async () => {
		const account = await openAccount({ balanceMicros: 9_000_000 });
		await account.call("/api/wallet/rules", { dailyCapMicros: 5 * MINUTE + 1 }, { method: "PATCH" });
		await reserve(account, use({ units: 2 }));

		const held = await reserve(account, use({ units: { atLeast: 1, atMost: 60 } }));

		expect(held?.unitsHeld).toBe(3);
		expect(await reserve(account, use({ units: { atLeast: 1, atMost: 60 } })).catch(brokenRule)).toBe("day_within_cap");
	});

	it("sets no more aside than a member's limit leaves", async () => {
		const owner = await openAccount({ balanceMicros: 9_000_000 });
		const { userId } = await openMember(owner);
		await owner.call(
			`/api/sub-accounts/${userId}`,
			{ spendingLimit: { amountMicros: 4 * MINUTE } },
			{ method: "PATCH" },
		);
		const member = { accountId: owner.accountId, userId, role: "member" as const, now: Date.now };
		const [first, second] = [use({ units: 1 }), use({ units: { atLeast: 1, atMost: 60 } })];
		await reserve(owner, first, spendAs(house().db, member, first.ref));

		const held = await reserve(owner, second, spendAs(house().db, member, second.ref));

		expect(held?.unitsHeld).toBe(3);
	});

	it("cannot be settled by another account", async () => {
		const [account, stranger] = [await openAccount({ balanceMicros: 1_000_000 }), await openAccount()];
		const call = use();
		await reserve(account, call);

		expect(await settle(stranger, call.ref, 1)).toEqual([]);
		expect(await account.balance()).toEqual({ available: 860_000, held: 140_000 });
	});
});
