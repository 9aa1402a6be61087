import { notFound } from "../errors";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { hearPayment } from "./hear-payment";
import type { Subscription } from "./inputs";
import { subscriptionOnWire } from "./shape";
import { pretended } from "./subscribe";
import { liveSubscription, liveSubscriptions } from "./subscriptions/store";

/**
 * Ends the subscription with the period that is paid for, or with false goes on after all. Whoever paid on two pages has two: both end,
 * the newest goes on.
 */
export async function cancelSubscription(scope: Scope, cancel: boolean): Promise<Subscription> {
	ownerOnly(scope);
	const { db, accountId, payments } = scope;
	const [live, ...others] = await liveSubscriptions(db, accountId);
	if (!live) throw notFound("Subscription");
	for (const each of cancel ? [live, ...others] : [live]) {
		const events = each.isSimulated
			? [{ ...pretended(each, scope.now()), cancelAtPeriodEnd: cancel }]
			: await payments.cancelAtPeriodEnd(each.providerRef, cancel);
		for (const event of events) await hearPayment(scope, event);
	}
	return subscriptionOnWire((await liveSubscription(db, accountId)) ?? live);
}
