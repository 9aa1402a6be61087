import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openAdministrator } from "../test/access-matrix.people";
import { house, knock, openAccount, type TestAccount } from "../test/house";
import { deliver, event, invoice, session, signed, subscription } from "../test/payment-events";
import { addPayment } from "./store";

const AMOUNT = 20_000_000;
let nth = 0;

/** An account that has opened a page to pay on. */
async function payer() {
	const account = await openAccount();
	const id = `pay_test_${nth++}`;
	const more = { kind: "top_up" as const, amountMicros: AMOUNT, currency: "USD", planId: null, isSimulated: false };
	await addPayment(house().db, account.accountId, { id, ...more, now: Date.now() });
	return { account, id };
}

async function differencesOf(): Promise<string[]> {
	const reply = await (await openAdministrator()).call("/api/admin/differences?limit=100");
	const { items }: { items: { kind: string; ref: string }[] } = await reply.json();
	return items.map(({ kind, ref }) => `${kind} ${ref}`);
}

async function paymentOf(id: string) {
	return env.DB.prepare("SELECT status, refunded_micros AS refunded FROM payments WHERE id = ?").bind(id).first();
}

const subscriptionOf = async (account: TestAccount) => {
	const reply = await account.call(`/api/subscriptions/${account.userId}`);
	const body: { status?: string; currentPeriodEnd?: string; planId?: string } = await reply.json();
	return { http: reply.status, ...body };
};

describe("the payment provider's door", () => {
	it("credits a paid page once, however often and under however many events it is told", async () => {
		const { account, id } = await payer();
		const paid = event("checkout.session.completed", session(id, AMOUNT));
		const later = event("checkout.session.async_payment_succeeded", session(id, AMOUNT));

		const replies = await Promise.all([deliver(paid), deliver(paid), deliver(paid)]);
		await deliver(later);

		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(await account.balance()).toEqual({ available: AMOUNT, held: 0 });
		expect(await paymentOf(id)).toMatchObject({ status: "succeeded" });
	});

	it("accepts the secret before the change as well", async () => {
		const { account, id } = await payer();
		const body = event("checkout.session.completed", session(id, AMOUNT));

		const reply = await deliver(body, await signed(body, { secret: "whsec_the_one_before" }));

		expect(reply.status).toBe(200);
		expect(await account.balance()).toEqual({ available: AMOUNT, held: 0 });
	});

	it("does not open to forged, changed, old and future signatures, and nothing moves", async () => {
		const { account, id } = await payer();
		const body = event("checkout.session.completed", session(id, AMOUNT));
		const good = await signed(body);

		const replies = [
			await deliver(body, ""),
			await deliver(body, "t=1,v1=abc"),
			await deliver(body, await signed(body, { secret: "whsec_of_somebody_else" })),
			await deliver(body.replace("2000", "9000"), good),
			await deliver(`${body} `, good),
			await deliver(body, await signed(body, { at: Date.now() - 400_000 })),
			await deliver(body, await signed(body, { at: Date.now() + 400_000 })),
			await knock("/webhooks/stripe", { method: "POST", body, headers: { "stripe-signature": good } }),
		];

		expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(403));
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("takes what concerns nobody, and what it cannot read, without an effect", async () => {
		const replies = [
			await deliver(event("customer.created", { id: "cus_1" })),
			await deliver(event("checkout.session.completed", { id: 5 })),
			await deliver(event("checkout.session.completed", session("pay_x", AMOUNT, { client_reference_id: null }))),
		];

		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	it("does not credit a page that is not paid yet, another amount, or an unknown payment; it lists the latter two", async () => {
		const { account, id } = await payer();

		await deliver(event("checkout.session.completed", session(id, AMOUNT, { payment_status: "unpaid" })));
		await deliver(event("checkout.session.completed", session(id, 2 * AMOUNT)));
		await deliver(event("checkout.session.completed", session("pay_unknown", AMOUNT)));

		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await differencesOf()).toEqual(
			expect.arrayContaining([`paid_not_credited cs_${id}`, "paid_not_credited cs_pay_unknown"]),
		);
	});

	it("credits a payment that came after its page had expired", async () => {
		const { account, id } = await payer();

		await deliver(event("checkout.session.expired", session(id, AMOUNT, { payment_status: "unpaid" })));
		expect(await paymentOf(id)).toMatchObject({ status: "expired" });
		await deliver(event("checkout.session.completed", session(id, AMOUNT)));
		await deliver(event("checkout.session.expired", session(id, AMOUNT)));

		expect(await paymentOf(id)).toMatchObject({ status: "succeeded" });
		expect(await account.balance()).toEqual({ available: AMOUNT, held: 0 });
	});
});

describe("money that goes back", () => {
	const charge = (id: string, refundedMicros: number) =>
		event("charge.refunded", { id: `ch_${id}`, payment_intent: `pi_${id}`, amount_refunded: refundedMicros / 10_000 });
	const dispute = (id: string, status: string) => ({
		id: `dp_${id}`,
		payment_intent: `pi_${id}`,
		amount: AMOUNT / 10_000,
		status,
	});

	async function paid() {
		const all = await payer();
		await deliver(event("checkout.session.completed", session(all.id, AMOUNT)));
		return all;
	}

	it("leaves the wallet once per refund, in parts, in any order", async () => {
		const { account, id } = await paid();

		await deliver(charge(id, 12_000_000));
		await deliver(charge(id, 5_000_000)); // told late: less than is known
		await deliver(charge(id, 12_000_000));
		expect(await account.balance()).toEqual({ available: 8_000_000, held: 0 });
		await deliver(charge(id, AMOUNT));

		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await paymentOf(id)).toEqual({ status: "refunded", refunded: AMOUNT });
	});

	it("leaves it no more than once when several refunds are told at one moment", async () => {
		const { account, id } = await paid();
		const totals = [3, 6, 9, 12].map((dollars) => dollars * 1_000_000);

		const replies = await Promise.all(totals.map((total) => deliver(charge(id, total))));

		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(await account.balance()).toEqual({ available: AMOUNT - 12_000_000, held: 0 });
		expect(await paymentOf(id)).toMatchObject({ refunded: 12_000_000 });
	});

	it("takes what is left when some is spent, and lists the rest", async () => {
		const { account, id } = await paid();
		await account.call("/api/channels/generate-phone-number", { country: "US" });

		const reply = await deliver(charge(id, AMOUNT));

		expect(reply.status).toBe(200);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await differencesOf()).toContain(`reversal_not_covered pi_${id}:${AMOUNT}`);
	});

	it("is taken for a dispute, and comes back when the dispute is won, once", async () => {
		const { account, id } = await paid();

		await deliver(event("charge.dispute.created", dispute(id, "needs_response")));
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
		expect(await paymentOf(id)).toMatchObject({ status: "disputed" });
		for (const _ of [1, 2]) await deliver(event("charge.dispute.closed", dispute(id, "won")));

		expect(await account.balance()).toEqual({ available: AMOUNT, held: 0 });
		expect(await paymentOf(id)).toMatchObject({ status: "succeeded" });
	});

	it("stays gone when a dispute is lost", async () => {
		const { account, id } = await paid();

		await deliver(event("charge.dispute.created", dispute(id, "needs_response")));
		await deliver(event("charge.dispute.closed", dispute(id, "lost")));

		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("of a payment that nobody knows is listed", async () => {
		await deliver(charge("pay_nobodys", AMOUNT));

		expect(await differencesOf()).toContain(`reversal_of_unknown_payment pi_pay_nobodys:${AMOUNT}`);
	});
});

describe("subscriptions at the provider", () => {
	const at = Date.now();

	it("begin with the provider's word, and what the plan includes is credited once per invoice", async () => {
		const account = await openAccount();
		const { accountId } = account;

		await deliver(event("invoice.paid", invoice(`in_${accountId}`, accountId)));
		await deliver(event("customer.subscription.created", subscription(`sub_${accountId}`, accountId)));
		await deliver(event("invoice.paid", invoice(`in_${accountId}`, accountId)));

		expect(await subscriptionOf(account)).toMatchObject({ http: 200, planId: "team", status: "active" });
		expect(await account.balance()).toEqual({ available: 54_000_000, held: 0 });
		const { items }: { items: unknown[] } = await (await account.call("/api/payments")).json();
		expect(items).toMatchObject([
			{ kind: "subscription", plan: "team", status: "succeeded", amount: { amountMicros: 49_000_000 } },
		]);
	});

	it("credit only the part of a plan that was paid for, when the rest was owed from a plan left early", async () => {
		const account = await openAccount();
		const { accountId } = account;

		await deliver(event("invoice.paid", invoice(`in_a_${accountId}`, accountId, 490)));
		await deliver(event("invoice.paid", invoice(`in_b_${accountId}`, accountId, 0)));
		await deliver(event("invoice.paid", invoice(`in_c_${accountId}`, accountId, 9_800)));

		expect(await account.balance()).toEqual({ available: 5_400_000 + 54_000_000, held: 0 });
	});

	it("stay ended when an older word comes late", async () => {
		const account = await openAccount();
		const sub = (more: Record<string, unknown>) => subscription(`sub_${account.accountId}`, account.accountId, more);

		await deliver(event("customer.subscription.deleted", sub({ status: "canceled" }), { at: at + 60_000 }));
		await deliver(event("customer.subscription.updated", sub({ status: "active" }), { at }));
		await deliver(event("customer.subscription.updated", sub({ status: "active" }), { at: at + 120_000 }));

		expect((await subscriptionOf(account)).http).toBe(404);
	});

	it("run on when 'created' comes after 'updated' of the same second", async () => {
		const account = await openAccount();
		const sub = (status: string) => subscription(`sub_${account.accountId}`, account.accountId, { status });

		await deliver(event("customer.subscription.updated", sub("active"), { at }));
		await deliver(event("customer.subscription.created", sub("incomplete"), { at }));

		expect(await subscriptionOf(account)).toMatchObject({ http: 200, status: "active" });
	});

	it("never lose time that was paid for", async () => {
		const account = await openAccount();
		const until = (end: number) =>
			subscription(`sub_${account.accountId}`, account.accountId, {
				items: { data: [{ current_period_start: 1_800_000_000, current_period_end: end }] },
			});

		await deliver(event("customer.subscription.updated", until(1_805_000_000), { at }));
		await deliver(event("customer.subscription.updated", until(1_802_000_000), { at: at + 1_000 }));

		const { currentPeriodEnd } = await subscriptionOf(account);
		expect(Date.parse(currentPeriodEnd ?? "")).toBe(1_805_000_000_000);
	});

	it("tell the owner that an invoice could not be paid", async () => {
		const account = await openAccount();

		await deliver(event("invoice.payment_failed", invoice(`in_${account.accountId}`, account.accountId)));

		const { items }: { items: { kind: string }[] } = await (await account.call("/api/notices")).json();
		expect(items.map(({ kind }) => kind)).toEqual(["payment_failed"]);
		expect(await account.balance()).toEqual({ available: 0, held: 0 });
	});

	it("of somebody else's product, account or plan change nothing", async () => {
		const account = await openAccount();
		const foreign = subscription("sub_foreign", account.accountId, { metadata: {} });
		const unknown = subscription("sub_unknown", "usr_nobody");
		const noPlan = subscription("sub_noplan", account.accountId, {
			metadata: { account_id: account.accountId, plan_id: "gold" },
		});

		for (const object of [foreign, unknown, noPlan])
			expect((await deliver(event("customer.subscription.created", object))).status).toBe(200);
		expect((await subscriptionOf(account)).http).toBe(404);
	});
});
