import * as z from "zod";
import type { Settings } from "../../../env";
import type { PaidCheckout, Payments, PlanOnSale } from "../payments";
import { type Api, Refused, stripeApi } from "./api";
import { CENT, priceOf, productOf, sessionOf } from "./checkout";
import { eventOf, subscriptionEventOf } from "./events";
import { readSigned } from "./signature";

type Keys = Pick<Settings, "STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET" | "STRIPE_API_BASE_URL">;

const Opened = z.object({ id: z.string(), url: z.string().nullable() });
const Portal = z.object({ url: z.string() });
const Current = z.object({ items: z.object({ data: z.array(z.object({ id: z.string() })) }) });
const Sessions = z.object({
	has_more: z.boolean(),
	data: z.array(
		z.object({
			id: z.string(),
			mode: z.string(),
			payment_status: z.string(),
			client_reference_id: z.string().nullish(),
			amount_total: z.int().nullish(),
			currency: z.string().nullish(),
		}),
	),
});

/** The real payment provider, over its REST API. */
export function stripePayments(settings: Keys): Payments {
	const api = stripeApi(settings);
	return {
		name: "stripe",
		async openCheckout(checkout) {
			if (checkout.plan) await ensureProduct(api, checkout.plan);
			const { id, url } = await api.post("checkout/sessions", sessionOf(checkout), Opened, checkout.paymentId);
			return { ref: id, url, events: [] };
		},
		async changePlan(ref, { accountId, plan }) {
			await ensureProduct(api, plan);
			const current = await api.get(subscriptionPath(ref), {}, Current);
			const change = {
				items: [{ id: current.items.data[0]?.id, price_data: priceOf(plan) }],
				metadata: { account_id: accountId, plan_id: plan.id },
				proration_behavior: "create_prorations",
			};
			const changed = await api.post(subscriptionPath(ref), change, z.unknown());
			return [subscriptionEventOf(changed, `change_${crypto.randomUUID()}`, Date.now())];
		},
		async cancelAtPeriodEnd(ref, cancel) {
			const changed = await api.post(subscriptionPath(ref), { cancel_at_period_end: cancel }, z.unknown());
			return [subscriptionEventOf(changed, `cancel_${crypto.randomUUID()}`, Date.now())];
		},
		async endSubscription(ref) {
			try {
				await api.delete(subscriptionPath(ref), z.unknown());
			} catch (error) {
				if (!(error instanceof Refused) || error.code !== "resource_missing") throw error;
			}
		},
		openPortal: ({ customerRef, returnUrl }) =>
			api.post("billing_portal/sessions", { customer: customerRef, return_url: returnUrl }, Portal),
		paidSince: (moment) => paidSince(api, moment),
		readEvent: async (signed) => eventOf(readSigned(settings.STRIPE_WEBHOOK_SECRET, signed)),
	};
}

const subscriptionPath = (ref: string) => `subscriptions/${encodeURIComponent(ref)}`;

/** One product per plan, under an id of ours; that it exists already is what we want. */
async function ensureProduct(api: Api, plan: PlanOnSale): Promise<void> {
	try {
		await api.post("products", { id: productOf(plan), name: plan.name, metadata: { plan_id: plan.id } }, z.unknown());
	} catch (error) {
		if (!(error instanceof Refused) || error.code !== "resource_already_exists") throw error;
	}
}

async function paidSince(api: Api, moment: number): Promise<PaidCheckout[]> {
	const paid: PaidCheckout[] = [];
	let after: string | undefined;
	for (;;) {
		const created = { gte: Math.floor(moment / 1000) };
		const page = { created, status: "complete", limit: 100, starting_after: after };
		const list = await api.get("checkout/sessions", page, Sessions);
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
