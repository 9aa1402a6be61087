import { notFound } from "../errors";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { hearPayment } from "./hear-payment";
import type { Subscription } from "./inputs";
import { subscriptionOnWire } from "./shape";
import { pretended } from "./subscribe";
import { liveSubscription } from "./subscriptions/store";

/** Ends the subscription with the period that is paid for, or with false goes on after all. */
export async function cancelSubscription(scope: Scope, cancel: boolean): Promise<Subscription> {
	ownerOnly(scope);
	const { db, accountId, payments } = scope;
	const live = await liveSubscription(db, accountId);
	if (!live) throw notFound("Subscription");
	const events = live.isSimulated
		? [{ ...pretended(live, scope.now()), cancelAtPeriodEnd: cancel }]
		: await payments.cancelAtPeriodEnd(live.providerRef, cancel);
	for (const event of events) await hearPayment(scope, event);
	return subscriptionOnWire((await liveSubscription(db, accountId)) ?? live);
}
