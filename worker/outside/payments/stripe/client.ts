import Stripe from "stripe";
import type { Settings } from "../../../env";
import {
	type Checkout,
	type PaidCheckout,
	type Payments,
	PaymentsRefusal,
	PaymentsUnclear,
	type PlanOnSale,
} from "../payments";
import { eventOf, subscriptionEventOf } from "./events";
import { readSigned } from "./signature";

/** Longer than the provider takes to answer, shorter than anybody waits for it. */
const TIMEOUT_MS = 10_000;
/** The provider counts in cents. */
const CENT = 10_000;

type Keys = Pick<Settings, "STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET" | "STRIPE_API_BASE_URL">;

/** The real payment provider, over its own library and our fetch. */
export function openStripe(settings: Keys): Payments {
	const stripe = clientOf(settings);
	return {
		name: "stripe",
		async openCheckout(checkout) {
			if (checkout.plan) await ensureProduct(stripe, checkout.plan);
			const session = await clearly(
				stripe.checkout.sessions.create(sessionOf(checkout), { idempotencyKey: checkout.paymentId }),
			);
			return { ref: session.id, url: session.url, events: [] };
		},
		async changePlan(ref, { accountId, plan }) {
			await ensureProduct(stripe, plan);
			const current = await clearly(stripe.subscriptions.retrieve(ref));
			const changed = await clearly(
				stripe.subscriptions.update(ref, {
					items: [{ id: current.items.data[0]?.id ?? "", price_data: priceOf(plan) }],
					metadata: { account_id: accountId, plan_id: plan.id },
					proration_behavior: "create_prorations",
				}),
			);
			return [subscriptionEventOf(changed, `change_${crypto.randomUUID()}`, Date.now())];
		},
		async cancelAtPeriodEnd(ref, cancel) {
			const changed = await clearly(stripe.subscriptions.update(ref, { cancel_at_period_end: cancel }));
			return [subscriptionEventOf(changed, `cancel_${crypto.randomUUID()}`, Date.now())];
		},
		async openPortal({ customerRef, returnUrl }) {
			const portal = { customer: customerRef, return_url: returnUrl };
			const { url } = await clearly(stripe.billingPortal.sessions.create(portal));
			return { url };
		},
		paidSince: (moment) => paidSince(stripe, moment),
		async readEvent(signed) {
			return eventOf(await readSigned(settings.STRIPE_WEBHOOK_SECRET, signed));
		},
	};
}

function clientOf({ STRIPE_SECRET_KEY = "", STRIPE_API_BASE_URL }: Keys): Stripe {
	const { protocol, hostname, port } = new URL(STRIPE_API_BASE_URL);
	return new Stripe(STRIPE_SECRET_KEY, {
		// Bound late, so that whoever watches fetch sees these requests too.
		httpClient: Stripe.createFetchHttpClient(((...given: Parameters<typeof fetch>) =>
			globalThis.fetch(...given)) as typeof fetch),
		protocol: protocol === "http:" ? "http" : "https",
		host: hostname,
		port: port || (protocol === "http:" ? 80 : 443),
		maxNetworkRetries: 0, // what is unclear is found out by events, not by asking again
		timeout: TIMEOUT_MS,
		telemetry: false,
	});
}

/** Every request ends in an answer, a refusal, or unclear. */
async function clearly<T>(answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (cause) {
		const status = cause instanceof Stripe.errors.StripeError ? (cause.statusCode ?? 0) : 0;
		if (status >= 400 && status < 500 && status !== 409 && status !== 429)
			throw new PaymentsRefusal(cause instanceof Error ? cause.message : "refused", { cause });
		throw new PaymentsUnclear("The payment provider did not answer clearly", { cause });
	}
}

/** One product per plan, under an id of ours; that it exists already is what we want. */
async function ensureProduct(stripe: Stripe, plan: PlanOnSale): Promise<void> {
	try {
		await clearly(stripe.products.create({ id: productOf(plan), name: plan.name, metadata: { plan_id: plan.id } }));
	} catch (error) {
		const cause = error instanceof PaymentsRefusal ? error.cause : null;
		if (!(cause instanceof Stripe.errors.StripeError) || cause.code !== "resource_already_exists") throw error;
	}
}

const productOf = ({ id }: PlanOnSale) => `trunkline_plan_${id}`;

function priceOf(plan: PlanOnSale) {
	return {
		product: productOf(plan),
		currency: plan.currency.toLowerCase(),
		unit_amount: plan.priceMicros / CENT,
		recurring: { interval: "month" as const },
	};
}

function sessionOf(checkout: Checkout): Stripe.Checkout.SessionCreateParams {
	const { plan, paymentId, accountId, customerRef, email, currency, amountMicros } = checkout;
	const who = customerRef ? { customer: customerRef } : { customer_email: email };
	const shared = {
		...who,
		client_reference_id: paymentId,
		success_url: checkout.successUrl,
		cancel_url: checkout.cancelUrl,
		metadata: { payment_id: paymentId, account_id: accountId },
	};
	if (plan)
		return {
			...shared,
			mode: "subscription",
			line_items: [{ quantity: 1, price_data: priceOf(plan) }],
			subscription_data: { metadata: { account_id: accountId, plan_id: plan.id } },
		};
	const price = { currency: currency.toLowerCase(), unit_amount: amountMicros / CENT };
	return {
		...shared,
		mode: "payment",
		...(customerRef ? {} : { customer_creation: "always" as const }),
		line_items: [{ quantity: 1, price_data: { ...price, product_data: { name: "Wallet top-up" } } }],
	};
}

async function paidSince(stripe: Stripe, moment: number): Promise<PaidCheckout[]> {
	const paid: PaidCheckout[] = [];
	const page = { created: { gte: Math.floor(moment / 1000) }, status: "complete" as const, limit: 100 };
	let after: string | undefined;
	for (;;) {
		const list = await clearly(stripe.checkout.sessions.list({ ...page, ...(after ? { starting_after: after } : {}) }));
		for (const session of list.data)
			if (session.mode === "payment" && session.payment_status === "paid")
				paid.push({
					ref: session.id,
					paymentId: session.client_reference_id ?? "",
					amountMicros: (session.amount_total ?? 0) * CENT,
					currency: (session.currency ?? "").toUpperCase(),
				});
		after = list.data.at(-1)?.id;
		if (!list.has_more || !after) return paid;
	}
}
