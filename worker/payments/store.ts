import { and, desc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { billingCustomers, paymentEvents, payments, plans, users } from "../db/tables";
import { livingSubscription } from "./subscriptions/store";

export type PaymentRow = typeof payments.$inferSelect;

/** What a second delivery of one event breaks. */
export const EVENT_RULE = "payment_events.event_ref";

export function rememberEvent(db: Db, eventRef: string, kind: string, now: number): Statement {
	return db.insert(paymentEvents).values({ eventRef, kind, receivedAt: now });
}

export function addPayment(
	db: Db,
	accountId: string,
	payment: Pick<PaymentRow, "id" | "kind" | "amountMicros" | "currency" | "planId" | "isSimulated"> & { now: number },
): Statement {
	const { now, ...row } = payment;
	return db.insert(payments).values({ ...row, accountId, status: "open", createdAt: now });
}

export function nameCheckout(db: Db, accountId: string, id: string, checkoutRef: string): Statement {
	return db
		.update(payments)
		.set({ checkoutRef: sql`coalesce(checkout_ref, ${checkoutRef})` })
		.where(and(eq(payments.id, id), eq(payments.accountId, accountId)));
}

export interface Paid {
	paymentId: string;
	checkoutRef: string;
	intentRef: string | null;
	amountMicros: number;
	currency: string;
	method: string;
	now: number;
}

/**
 * Marks a top-up of exactly this amount as paid, and returns it. Another amount, or a payment that nobody here began, returns nothing.
 * Goes after the credit, which looks whether it is paid already. The account is the payment's own, never the event's.
 */
export function settleTopUpAnyAccount(db: Db, paid: Paid): Statement {
	const { paymentId, amountMicros, currency, checkoutRef, intentRef, method, now } = paid;
	return db
		.update(payments)
		.set({
			status: sql`iif(status IN ('open', 'failed', 'expired'), 'succeeded', status)`,
			checkoutRef: sql`coalesce(checkout_ref, ${checkoutRef})`,
			intentRef,
			method,
			settledAt: sql`coalesce(settled_at, ${now})`,
		})
		.where(
			and(
				eq(payments.id, paymentId),
				eq(payments.kind, "top_up"),
				eq(payments.amountMicros, amountMicros),
				eq(payments.currency, currency),
			),
		)
		.returning();
}

export function closeUnpaidAnyAccount(db: Db, paymentId: string, status: "failed" | "expired", now: number): Statement {
	return db
		.update(payments)
		.set({ status, settledAt: now })
		.where(and(eq(payments.id, paymentId), eq(payments.status, "open")));
}

export function keepCustomer(db: Db, paymentId: string, customerRef: string): Statement {
	return db.run(sql`
		INSERT INTO billing_customers (account_id, customer_ref)
		SELECT account_id, ${customerRef} FROM payments WHERE id = ${paymentId}
		ON CONFLICT DO NOTHING`);
}

export function keepCustomerOf(db: Db, accountId: string, customerRef: string): Statement {
	return db.run(sql`
		INSERT INTO billing_customers (account_id, customer_ref) SELECT id, ${customerRef} FROM accounts WHERE id = ${accountId}
		ON CONFLICT DO NOTHING`);
}

/** The payment that a refund or a dispute is about, with what the wallet could give back. */
export async function findByIntentAnyAccount(
	db: Db,
	intentRef: string,
): Promise<(PaymentRow & { availableMicros: number }) | null> {
	const [row] = await db
		.select({
			payment: payments,
			availableMicros: sql<number>`(SELECT available_micros FROM wallets WHERE wallets.account_id = payments.account_id)`,
		})
		.from(payments)
		.where(and(eq(payments.intentRef, intentRef), isNotNull(payments.intentRef)));
	return row ? { ...row.payment, availableMicros: row.availableMicros } : null;
}

/** Aborts the batch when another refund has been noted, or the wallet emptied, since a payment was read. */
export function mustBeAsRead(
	db: Db,
	{ id, refundedMicros }: Pick<PaymentRow, "id" | "refundedMicros">,
	takenMicros: number,
): Statement {
	return must(
		db,
		"nothing_changed_meanwhile",
		sql`EXISTS (SELECT 1 FROM payments JOIN wallets ON wallets.account_id = payments.account_id
			WHERE payments.id = ${id} AND refunded_micros = ${refundedMicros} AND available_micros >= ${takenMicros})`,
	);
}

/** Notes what was given back so far. */
export function noteRefund(db: Db, id: string, status: PaymentRow["status"], refundedMicros: number): Statement {
	return db.update(payments).set({ status, refundedMicros }).where(eq(payments.id, id));
}

/** A dispute that was won leaves the payment as it was. */
export function endDispute(db: Db, intentRef: string): Statement {
	return db
		.update(payments)
		.set({ status: "succeeded" })
		.where(and(eq(payments.intentRef, intentRef), eq(payments.status, "disputed")));
}

export interface PaidInvoice {
	invoiceRef: string;
	accountId: string;
	planId: string;
	amountMicros: number;
	currency: string;
	method: string;
	isSimulated: boolean;
	now: number;
}

/** Lists the payment of a period, each invoice once. */
export function listInvoice(db: Db, invoice: PaidInvoice): Statement {
	const { invoiceRef, accountId, planId, amountMicros, currency, method, isSimulated, now } = invoice;
	return db.run(sql`
		INSERT INTO payments (id, account_id, kind, status, amount_micros, currency, method, plan_id, checkout_ref, is_simulated, created_at, settled_at)
		SELECT ${`pay_${ulid()}`}, accounts.id, 'subscription', 'succeeded', ${amountMicros}, ${currency}, ${method}, plans.id,
			${invoiceRef}, ${Number(isSimulated)}, ${now}, ${now}
		FROM accounts, plans WHERE accounts.id = ${accountId} AND plans.id = ${planId} AND ${amountMicros} > 0
		ON CONFLICT (checkout_ref) DO UPDATE SET status = 'succeeded', settled_at = excluded.settled_at WHERE status = 'failed'`);
}

export function failInvoice(db: Db, invoice: PaidInvoice): Statement {
	const { invoiceRef, accountId, planId, amountMicros, currency, method, now } = invoice;
	return db.run(sql`
		INSERT INTO payments (id, account_id, kind, status, amount_micros, currency, method, plan_id, checkout_ref, is_simulated, created_at, settled_at)
		SELECT ${`pay_${ulid()}`}, accounts.id, 'subscription', 'failed', ${amountMicros}, ${currency}, ${method}, plans.id,
			${invoiceRef}, 0, ${now}, ${now}
		FROM accounts, plans WHERE accounts.id = ${accountId} AND plans.id = ${planId} AND ${amountMicros} > 0
		ON CONFLICT DO NOTHING`);
}

/** What opening a checkout needs to know of an account. */
export async function billingOf(db: Db, accountId: string, planId: string | null) {
	const [[owner], [customer], [live], [plan]] = await db.batch([
		db.select({ email: users.email }).from(users).where(eq(users.id, accountId)),
		db.select().from(billingCustomers).where(eq(billingCustomers.accountId, accountId)),
		livingSubscription(db, accountId),
		db
			.select()
			.from(plans)
			.where(eq(plans.id, planId ?? "")),
	]);
	return {
		email: owner?.email ?? "",
		customerRef: customer?.customerRef ?? null,
		live: live ?? null,
		plan: plan ?? null,
	};
}

export function paymentsPage(db: Db, accountId: string, limit: number, before: string | undefined) {
	return db
		.select()
		.from(payments)
		.where(and(eq(payments.accountId, accountId), before === undefined ? undefined : lt(payments.id, before)))
		.orderBy(desc(payments.id))
		.limit(limit);
}

/** Top-ups with real money that were settled since a moment. */
export function settledTopUpsAnyAccount(db: Db, since: number) {
	return db
		.select()
		.from(payments)
		.where(and(gte(payments.settledAt, since), eq(payments.kind, "top_up"), eq(payments.isSimulated, false)));
}

/** Which of these payments have been credited, whenever that was. */
export async function creditedAnyAccount(db: Db, ids: string[]): Promise<Set<string>> {
	const rows = await db
		.select({ id: payments.id })
		.from(payments)
		.where(
			sql`${payments.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND ${payments.status} IN ('succeeded', 'refunded', 'disputed')`,
		);
	return new Set(rows.map(({ id }) => id));
}

/** Pages that nobody can pay on any more: unpaid for longer than the provider keeps them open. */
export function expireForgotten(db: Db, before: number, now: number): Statement {
	return db
		.update(payments)
		.set({ status: "expired", settledAt: now })
		.where(and(sql`${payments.status} = 'open'`, lt(payments.createdAt, before)));
}
