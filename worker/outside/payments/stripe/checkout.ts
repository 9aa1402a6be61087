import type { Checkout, PlanOnSale } from "../payments";
import type { Fields } from "./api";

/** The provider counts in cents. */
export const CENT = 10_000;

export const productOf = ({ id }: PlanOnSale): string => `trunkline_plan_${id}`;

/** A plan's price a month, as a line of a checkout or a subscription has it. */
export function priceOf(plan: PlanOnSale): Fields {
	return {
		product: productOf(plan),
		currency: plan.currency.toLowerCase(),
		unit_amount: plan.priceMicros / CENT,
		recurring: { interval: "month" },
	};
}

/** What a checkout is opened with: for a plan, or for once. */
export function sessionOf(checkout: Checkout): Fields {
	const { plan, paymentId, accountId, customerRef, email, currency, amountMicros } = checkout;
	const shared = {
		...(customerRef ? { customer: customerRef } : { customer_email: email }),
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
		...(customerRef ? {} : { customer_creation: "always" }),
		line_items: [{ quantity: 1, price_data: { ...price, product_data: { name: "Wallet top-up" } } }],
	};
}
