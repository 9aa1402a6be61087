import * as z from "zod";
import { ForgedEvent, type PaymentEvent, type SubscriptionStatus } from "../payments";

const CENT = 10_000;
const ref = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const maybeRef = ref.nullish().transform((id) => id ?? null);
const cents = z.int().min(0);
const words = z
	.record(z.string(), z.string())
	.nullish()
	.transform((given) => given ?? {});
const currency = z.string().transform((code) => code.toUpperCase());
const STATUSES = ["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "canceled"] as const;

const Envelope = z.object({
	id: z.string(),
	type: z.string(),
	created: z.int(),
	data: z.object({ object: z.unknown() }),
});

const Session = z.object({
	id: z.string(),
	mode: z.string(),
	payment_status: z.string(),
	client_reference_id: z.string().nullish(),
	amount_total: cents.nullish(),
	currency: currency.nullish(),
	payment_intent: maybeRef,
	customer: maybeRef,
	payment_method_types: z.array(z.string()).nullish(),
});

const Subscription = z.object({
	id: z.string(),
	status: z
		.string()
		.transform((status): SubscriptionStatus => STATUSES.find((known) => known === status) ?? "canceled"), // incomplete_expired
	metadata: words,
	cancel_at_period_end: z.boolean(),
	customer: maybeRef,
	current_period_start: z.int().optional(),
	current_period_end: z.int().optional(),
	items: z.object({
		data: z.array(z.object({ current_period_start: z.int().optional(), current_period_end: z.int().optional() })),
	}),
});

const Invoice = z.object({
	id: z.string(),
	amount_paid: cents,
	amount_due: cents,
	currency,
	parent: z.object({ subscription_details: z.object({ metadata: words }).nullish() }).nullish(),
	subscription_details: z.object({ metadata: words }).nullish(), // until the API's version of 2025-03
});

const Charge = z.object({ payment_intent: maybeRef, amount_refunded: cents });
const Dispute = z.object({ id: z.string(), payment_intent: maybeRef, amount: cents, status: z.string() });

/** What a verified event means to the house. One that cannot be read has no effect and says so in its name. */
export function eventOf(signed: unknown): PaymentEvent {
	const parsed = Envelope.safeParse(signed);
	if (!parsed.success) throw new ForgedEvent("Not an event");
	const { id, type, created, data } = parsed.data;
	const about = { id, at: created * 1000 };
	try {
		return READERS[type]?.(about, data.object) ?? { ...about, type: "other", name: type };
	} catch (error) {
		if (!(error instanceof z.ZodError)) throw error;
		return { ...about, type: "other", name: `unreadable ${type}` };
	}
}

type About = { id: string; at: number };
type Reader = (about: About, object: unknown) => PaymentEvent | null;

const READERS: Record<string, Reader> = {
	"checkout.session.completed": paid,
	"checkout.session.async_payment_succeeded": paid,
	"checkout.session.async_payment_failed": notPaid("failed"),
	"checkout.session.expired": notPaid("expired"),
	"charge.refunded": (about, object) => {
		const { payment_intent: intentRef, amount_refunded } = Charge.parse(object);
		return intentRef ? { ...about, type: "refunded", intentRef, totalMicros: amount_refunded * CENT } : null;
	},
	"charge.dispute.created": (about, object) => {
		const { id: disputeRef, payment_intent: intentRef, amount } = Dispute.parse(object);
		return intentRef ? { ...about, type: "disputed", disputeRef, intentRef, amountMicros: amount * CENT } : null;
	},
	"charge.dispute.closed": (about, object) => {
		const { id: disputeRef, payment_intent: intentRef, status } = Dispute.parse(object);
		return intentRef && status === "won" ? { ...about, type: "dispute_won", disputeRef, intentRef } : null;
	},
	"customer.subscription.created": subscription,
	"customer.subscription.updated": subscription,
	"customer.subscription.deleted": subscription,
	"customer.subscription.paused": subscription,
	"customer.subscription.resumed": subscription,
	"invoice.paid": invoice("invoice_paid"),
	"invoice.payment_failed": invoice("invoice_not_paid"),
};

function paid(about: About, object: unknown): PaymentEvent | null {
	const session = Session.parse(object);
	const { client_reference_id: paymentId, amount_total, currency } = session;
	if (session.mode !== "payment" || session.payment_status !== "paid" || !paymentId) return null;
	return {
		...about,
		type: "paid",
		paymentId,
		checkoutRef: session.id,
		intentRef: session.payment_intent,
		customerRef: session.customer,
		amountMicros: (amount_total ?? 0) * CENT,
		currency: currency ?? "",
		method: session.payment_method_types?.[0] ?? "card",
	};
}

function notPaid(how: "expired" | "failed"): Reader {
	return (about, object) => {
		const { client_reference_id: paymentId } = Session.parse(object);
		return paymentId ? { ...about, type: "not_paid", paymentId, how } : null;
	};
}

function subscription({ id, at }: About, object: unknown): PaymentEvent {
	return subscriptionEventOf(object, id, at);
}

/** How a subscription stands, as an event: the provider's answers carry the same object as its events. */
export function subscriptionEventOf(object: unknown, id: string, at: number): PaymentEvent {
	const found = Subscription.parse(object);
	const [item] = found.items.data;
	const { account_id: accountId, plan_id: planId } = found.metadata;
	if (!accountId || !planId) return { id, at, type: "other", name: "a subscription of somebody else" };
	return {
		id,
		at,
		type: "subscription",
		subscriptionRef: found.id,
		accountId,
		planId,
		status: found.status,
		periodStart: (item?.current_period_start ?? found.current_period_start ?? 0) * 1000,
		periodEnd: (item?.current_period_end ?? found.current_period_end ?? 0) * 1000,
		cancelAtPeriodEnd: found.cancel_at_period_end,
		customerRef: found.customer,
	};
}

function invoice(type: "invoice_paid" | "invoice_not_paid"): Reader {
	return (about, object) => {
		const { id: invoiceRef, amount_paid, amount_due, currency, ...found } = Invoice.parse(object);
		const { account_id: accountId, plan_id: planId } =
			(found.parent?.subscription_details ?? found.subscription_details)?.metadata ?? {};
		if (!accountId || !planId) return null;
		const amount = type === "invoice_paid" ? amount_paid : amount_due;
		return { ...about, type, invoiceRef, accountId, planId, amountMicros: amount * CENT, currency, method: "card" };
	};
}
