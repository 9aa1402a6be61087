/**
 * What the house asks of a payment provider. `stripe/` speaks to the real one, `simulated/` pays at once with pretended money.
 * A request that does not end in an answer throws {@link PaymentsUnclear} or {@link PaymentsRefusal}; no money is ever credited by
 * an answer, only by an event.
 */
export interface Payments {
	readonly name: "stripe" | "simulated";
	/** Opens a page on which somebody pays. What happened at once is in `events`. */
	openCheckout(checkout: Checkout): Promise<OpenedCheckout>;
	/** Moves a subscription to another plan from now on. */
	changePlan(subscriptionRef: string, change: { accountId: string; plan: PlanOnSale }): Promise<PaymentEvent[]>;
	/** Ends a subscription with the period that is paid for, or with false goes on after all. */
	cancelAtPeriodEnd(subscriptionRef: string, cancel: boolean): Promise<PaymentEvent[]>;
	/** Ends a subscription at once: nothing more is billed. One that the provider no longer has counts as ended. */
	endSubscription(subscriptionRef: string): Promise<void>;
	/** A page where a customer sees invoices and changes cards. */
	openPortal(portal: { customerRef: string; returnUrl: string }): Promise<{ url: string }>;
	/** Top-ups that were paid since a moment (Unix milliseconds), as the provider's books have them. */
	paidSince(moment: number): Promise<PaidCheckout[]>;
	/** The event in a webhook's body. Throws {@link ForgedEvent} unless the provider signed exactly this, lately. */
	readEvent(signed: { rawBody: string; signature: string; now: number }): Promise<PaymentEvent>;
}

export interface PlanOnSale {
	id: string;
	name: string;
	priceMicros: number;
	currency: string;
}

export interface Checkout {
	/** Our own id: events about this page carry it. */
	paymentId: string;
	accountId: string;
	email: string;
	customerRef: string | null;
	amountMicros: number;
	currency: string;
	/** Absent: a top-up of the wallet. */
	plan?: PlanOnSale;
	successUrl: string;
	cancelUrl: string;
	now: number;
}

export interface OpenedCheckout {
	/** The provider's id of the page. */
	ref: string;
	/** Where to send the customer; null when there is nothing left to pay. */
	url: string | null;
	events: PaymentEvent[];
}

export interface PaidCheckout {
	ref: string;
	paymentId: string;
	amountMicros: number;
	currency: string;
}

export type SubscriptionStatus = "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "canceled";

/** What has happened at the provider. `id` is the event's own: the same event twice has one effect. */
export type PaymentEvent = { id: string; at: number } & (
	| {
			type: "paid";
			paymentId: string;
			checkoutRef: string;
			intentRef: string | null;
			customerRef: string | null;
			amountMicros: number;
			currency: string;
			method: string;
	  }
	| { type: "not_paid"; paymentId: string; how: "expired" | "failed" }
	/** `totalMicros`: all that was given back of this payment so far. */
	| { type: "refunded"; intentRef: string; totalMicros: number }
	| { type: "disputed"; disputeRef: string; intentRef: string; amountMicros: number }
	| { type: "dispute_won"; disputeRef: string; intentRef: string }
	| {
			type: "subscription";
			subscriptionRef: string;
			accountId: string;
			planId: string;
			status: SubscriptionStatus;
			periodStart: number;
			periodEnd: number;
			cancelAtPeriodEnd: boolean;
			customerRef: string | null;
	  }
	| {
			type: "invoice_paid" | "invoice_not_paid";
			invoiceRef: string;
			accountId: string;
			planId: string;
			amountMicros: number;
			currency: string;
			method: string;
	  }
	/** Something that concerns nobody here. */
	| { type: "other"; name: string }
);

/** Definitely not done, and asking again will not help. */
export class PaymentsRefusal extends Error {
	override readonly name = "PaymentsRefusal";
}

/** Perhaps done: a timeout, a cut connection, a 5xx. */
export class PaymentsUnclear extends Error {
	override readonly name = "PaymentsUnclear";
}

/** Not from the provider, or not as it was sent, or long ago. */
export class ForgedEvent extends Error {
	override readonly name = "ForgedEvent";
}
