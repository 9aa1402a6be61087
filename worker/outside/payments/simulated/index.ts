import { addMonths } from "../../../pure/months";
import {
	type Checkout,
	ForgedEvent,
	type OpenedCheckout,
	type PaymentEvent,
	type Payments,
	PaymentsUnclear,
} from "../payments";

const METHOD = "simulated";
const PRETENDED = "simulated_";

/** Pretended money: everything is paid at once, and every payment says that it was pretended. */
export function simulatedPayments(): Payments {
	return {
		name: "simulated",
		openCheckout: async (checkout) => (checkout.plan ? subscribed(checkout) : toppedUp(checkout)),
		changePlan: async () => [],
		cancelAtPeriodEnd: async () => [],
		async endSubscription(ref) {
			if (!ref.startsWith(PRETENDED)) throw new PaymentsUnclear("Only the real provider can end a real subscription");
		},
		openPortal: async ({ returnUrl }) => ({ url: returnUrl }),
		paidSince: async () => [],
		async readEvent() {
			throw new ForgedEvent("Pretended payments send no events");
		},
	};
}

function toppedUp({ paymentId, amountMicros, currency, now }: Checkout): OpenedCheckout {
	const ref = PRETENDED + paymentId;
	const paid: PaymentEvent = {
		type: "paid",
		id: `evt_${paymentId}`,
		at: now,
		paymentId,
		checkoutRef: ref,
		intentRef: null,
		customerRef: null,
		amountMicros,
		currency,
		method: METHOD,
	};
	return { ref, url: null, events: [paid] };
}

function subscribed({ paymentId, accountId, plan, now }: Checkout): OpenedCheckout {
	if (!plan) throw new Error("a subscription without a plan");
	const subscriptionRef = PRETENDED + paymentId;
	return { ref: subscriptionRef, url: null, events: simulatedPeriod({ accountId, plan, subscriptionRef, start: now }) };
}

/** A pretended subscription's next period: it goes on, and its invoice is paid. */
export function simulatedPeriod({
	accountId,
	plan,
	subscriptionRef,
	start,
}: Pick<Required<Checkout>, "accountId" | "plan"> & { subscriptionRef: string; start: number }): PaymentEvent[] {
	const period = `${subscriptionRef}:${new Date(start).toISOString().slice(0, 10)}`;
	const { id: planId, priceMicros: amountMicros, currency } = plan;
	return [
		{
			type: "subscription",
			id: `evt_${period}`,
			at: start,
			subscriptionRef,
			accountId,
			planId,
			status: "active",
			periodStart: start,
			periodEnd: addMonths(start, 1),
			cancelAtPeriodEnd: false,
			customerRef: null,
		},
		{
			type: "invoice_paid",
			id: `evt_${period}:invoice`,
			at: start,
			invoiceRef: period,
			accountId,
			planId,
			amountMicros,
			currency,
			method: METHOD,
		},
	];
}
