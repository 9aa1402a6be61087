import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import type { Once } from "../http/idempotency";
import { liveSession } from "../identity/store";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { openOperation, settleOperation } from "../once/store";
import { type PaymentEvent, PaymentsRefusal, PaymentsUnclear } from "../outside/payments/payments";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { failOperation } from "./fail-operation";
import { hearPayment } from "./hear-payment";
import { Subscribed, type SubscribeInput } from "./inputs";
import type { PlanRow } from "./plans/store";
import { subscriptionOnWire } from "./shape";
import { billingOf } from "./store";
import { liveSubscription, type SubscriptionRow } from "./subscriptions/store";
import { refuseInProduction } from "./top-up";

export const SUBSCRIBE_KIND = "subscribe";

/** Subscribes to a plan, or moves the subscription to it. Who has to pay first gets the page to pay on, and is a subscriber afterwards. */
export async function subscribe(scope: Scope, { planId }: SubscribeInput, once: Once): Promise<Outcome<Subscribed>> {
	ownerOnly(scope);
	refuseInProduction(scope);
	const { db, accountId, userId } = scope;
	const id = `op_${ulid()}`;
	const opening = { id, userId, kind: SUBSCRIBE_KIND, once, hold: 0, detail: { planId }, now: scope.now() };
	const billing = await billingOf(db, accountId, planId);
	if (!billing.plan?.isOffered) throw notFound("Plan");
	if (billing.live?.planId === planId && !billing.live.cancelAtPeriodEnd)
		throw new Fault("already_exists", "This is your plan already");
	try {
		await inOneBatch(db, [liveSession(db, scope), openOperation(db, accountId, opening)]);
	} catch (error) {
		const earlier = await earlierOutcome(scope, SUBSCRIBE_KIND, once, Subscribed, error);
		if (earlier) return earlier;
		throw error;
	}
	try {
		const body = await arrange(scope, id, { ...billing, plan: billing.plan });
		await settleOperation(db, accountId, id, { state: "done", responseBody: JSON.stringify(body), now: scope.now() });
		return { state: "done", body, replayed: false };
	} catch (error) {
		if (!(error instanceof PaymentsRefusal || error instanceof PaymentsUnclear)) throw error;
		return failOperation(scope, id, error);
	}
}

interface Arrangement {
	email: string;
	customerRef: string | null;
	live: SubscriptionRow | null;
	plan: PlanRow;
}

async function arrange(scope: Scope, id: string, { email, customerRef, live, plan }: Arrangement): Promise<Subscribed> {
	const { db, accountId, payments, settings } = scope;
	if (live) {
		await hearAll(scope, await movedTo(scope, live, plan));
		return active(await liveSubscription(db, accountId));
	}
	const page = `${settings.PUBLIC_BASE_URL}/wallet`;
	const { url, events } = await payments.openCheckout({
		paymentId: id,
		accountId,
		email,
		customerRef,
		amountMicros: plan.priceMicros,
		currency: plan.currency,
		plan,
		successUrl: `${page}?subscribed=${plan.id}`,
		cancelUrl: page,
		now: scope.now(),
	});
	await hearAll(scope, events);
	return url
		? { status: "checkout", subscription: null, checkoutUrl: url }
		: active(await liveSubscription(db, accountId));
}

/** The same plan once more means: go on after all. */
async function movedTo(
	{ accountId, payments, now }: Scope,
	live: SubscriptionRow,
	plan: PlanRow,
): Promise<PaymentEvent[]> {
	if (live.isSimulated) return [{ ...pretended(live, now()), planId: plan.id, cancelAtPeriodEnd: false }];
	const again = live.cancelAtPeriodEnd ? await payments.cancelAtPeriodEnd(live.providerRef, false) : [];
	return live.planId === plan.id
		? again
		: [...again, ...(await payments.changePlan(live.providerRef, { accountId, plan }))];
}

/** How a pretended subscription stands, said as the provider would say it. */
export function pretended(live: SubscriptionRow, now: number): Extract<PaymentEvent, { type: "subscription" }> {
	const { providerRef: subscriptionRef, accountId, planId, periodStart, periodEnd, cancelAtPeriodEnd, status } = live;
	const shared = { subscriptionRef, accountId, planId, periodStart, periodEnd, cancelAtPeriodEnd, status };
	return { type: "subscription", id: `evt_${ulid()}`, at: now, customerRef: null, ...shared };
}

async function hearAll(scope: Scope, events: PaymentEvent[]): Promise<void> {
	for (const event of events) await hearPayment(scope, event);
}

function active(row: SubscriptionRow | null): Subscribed {
	return { status: "active", subscription: row && subscriptionOnWire(row), checkoutUrl: null };
}
