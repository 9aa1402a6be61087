import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { addMonths } from "../pure/months";
import { openMember } from "../test/access-matrix.people";
import { type FakeCarrier, fakeCarrier, freshNumbers, timedOut } from "../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { mailNotices } from "../wallet/notices/mail-notices";
import { chargeRent } from "./charge-rent";
import { PhoneNumber, PurchaseInput } from "./inputs";
import { purchaseNumber } from "./purchase";
import { settlePurchases } from "./settle-purchases";

const PRICE = 1_150_000;
const DAY = 86_400_000;

/** An account with one number, bought just now, and so much money left. */
async function tenant(leftMicros: number) {
	const account = await openAccount({ balanceMicros: PRICE + leftMicros });
	const carrier = fakeCarrier();
	const [e164 = ""] = freshNumbers(1);
	await purchaseNumber(account.scope({ carrier }), PurchaseInput.parse({ number: e164 }), {
		key: null,
		requestHash: "",
	});
	return { account, carrier, e164 };
}

/** When the month that was just bought is over. */
const due = addMonths(Date.now(), 1) + 60_000;

/** The cron as it comes so many days after the rent is due. */
const rentAfter = (days: number, carrier: FakeCarrier) => chargeRent(house({ carrier, now: () => due + days * DAY }));

async function rentsOf({ accountId }: TestAccount): Promise<number> {
	const row = await env.DB.prepare("SELECT count(*) AS n FROM ledger WHERE account_id = ? AND kind = 'number_rent'")
		.bind(accountId)
		.first<{ n: number }>();
	return row?.n ?? 0;
}

async function noticesOf({ accountId }: TestAccount): Promise<string[]> {
	const { results } = await env.DB.prepare(
		"SELECT kind FROM notices WHERE account_id = ? AND kind <> 'low_balance' ORDER BY seq",
	)
		.bind(accountId)
		.all<{ kind: string }>();
	return results.map(({ kind }) => kind);
}

async function statusOf(e164: string): Promise<string | undefined> {
	const row = await env.DB.prepare("SELECT status FROM numbers WHERE e164 = ?").bind(e164).first<{ status: string }>();
	return row?.status;
}

async function topUp({ accountId }: TestAccount, micros: number): Promise<void> {
	await env.DB.prepare(
		"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?, 'top_up', 'external', 'available', ?, ?, ?)",
	)
		.bind(accountId, micros, crypto.randomUUID(), Date.now())
		.run();
}

describe("rent", () => {
	it("is not charged within the month that the purchase paid for", async () => {
		const { account, carrier } = await tenant(10 * PRICE);

		await rentAfter(-2, carrier);

		expect(await rentsOf(account)).toBe(0);
	});

	it("is charged once per number and month, however often the cron comes", async () => {
		const { account, carrier } = await tenant(10 * PRICE);

		await Promise.all([rentAfter(2, carrier), rentAfter(2, carrier), rentAfter(2, carrier)]);
		await rentAfter(3, carrier);

		expect(await rentsOf(account)).toBe(1);
		expect(await account.balance()).toEqual({ available: 9 * PRICE, held: 0 });
	});

	it("is charged for every month that a stopped cron missed, one at a time", async () => {
		const { account, carrier } = await tenant(10 * PRICE);

		for (let tick = 0; tick < 5; tick++) await rentAfter(64, carrier);

		expect(await rentsOf(account)).toBe(3);
	});

	it("that cannot be paid is told once, and the number stays for the days of grace", async () => {
		const { account, carrier, e164 } = await tenant(0);

		await rentAfter(1, carrier);
		await rentAfter(2, carrier);

		expect(await noticesOf(account)).toEqual(["rent_unpaid"]);
		expect(await statusOf(e164)).toBe("active");
		const [number] = PhoneNumber.array().parse(await (await account.call("/api/phone-numbers")).json());
		expect(number?.rentDueSince).toBe(number?.nextRentAt);
	});

	it("is paid at once by new money, and all is well again", async () => {
		const { account, carrier } = await tenant(0);
		await rentAfter(1, carrier);

		await topUp(account, 2 * PRICE);
		await rentAfter(1, carrier);

		expect(await rentsOf(account)).toBe(1);
		const [number] = PhoneNumber.array().parse(await (await account.call("/api/phone-numbers")).json());
		expect(number?.rentDueSince).toBeNull();
	});

	it("that stays unpaid is told again, and then the number is released and can be had by somebody else", async () => {
		const { account, carrier, e164 } = await tenant(0);
		const next = await openAccount({ balanceMicros: 10 * PRICE });

		for (const day of [1, 6, 8]) await rentAfter(day, carrier);

		expect(await noticesOf(account)).toEqual(["rent_unpaid", "rent_last_notice", "number_released"]);
		expect(await statusOf(e164)).toBe("released");
		expect(carrier.lines.size).toBe(0);
		const input = PurchaseInput.parse({ number: e164 });
		const bought = await purchaseNumber(next.scope({ carrier }), input, { key: null, requestHash: "" });
		expect(bought.state).toBe("done");
	});

	it("releases even when the carrier does not answer at first", async () => {
		const { carrier, e164 } = await tenant(0);
		await rentAfter(1, carrier);
		carrier.upset("releaseLine", { before: timedOut(), times: 1 });

		await rentAfter(8, carrier);
		expect(await statusOf(e164)).toBe("releasing");
		await settlePurchases(house({ carrier, now: () => due + 9 * DAY }));

		expect(await statusOf(e164)).toBe("released");
		expect(carrier.lines.size).toBe(0);
	});

	it("is owed whatever the daily cap says", async () => {
		const { account, carrier } = await tenant(10 * PRICE);
		await account.call("/api/wallet/rules", { dailyCapMicros: 0 }, { method: "PATCH" });

		await rentAfter(2, carrier);

		expect(await rentsOf(account)).toBe(1);
	});

	it("is told by mail, once", async () => {
		const { account, carrier } = await tenant(0);
		await rentAfter(1, carrier);
		const sent: string[] = [];
		const mailer = { name: "outbox" as const, send: async ({ to }: { to: string }) => void sent.push(to) };

		await mailNotices(house({ mailer }));
		await mailNotices(house({ mailer }));

		expect(sent.filter((to) => to === account.email)).toHaveLength(1);
	});
});

describe("notices", () => {
	it("are listed with their words and can be marked as read, by the account's owner only", async () => {
		const { account, carrier, e164 } = await tenant(0);
		const stranger = await openAccount();
		const member = await openMember(account);
		await rentAfter(1, carrier);

		const reply = await account.call("/api/notices");
		const { items }: { items: { id: string; kind: string; text: string; readAt: string | null }[] } =
			await reply.json();
		const rent = items.find(({ kind }) => kind === "rent_unpaid");
		const read = (who: Pick<TestAccount, "call">) => who.call(`/api/notices/${rent?.id}/read`, {});

		expect(rent?.text).toContain(`+1 415 ${e164.slice(5, 8)} ${e164.slice(8)}`);
		expect((await read(stranger)).status).toBe(404);
		expect((await read(account)).status).toBe(200);
		const asMember = await knock("/api/notices", {
			headers: { authorization: `Bearer ${member.token}` },
		});
		expect(asMember.status).toBe(403);
	});
});
