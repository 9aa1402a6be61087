import { Fault } from "../errors";
import { keptFault } from "../once/once";
import { overdueAnyAccount, settleOperation } from "../once/store";
import { simulatedPeriod } from "../outside/payments/simulated";
import type { House } from "../scope";
import { hearPayment } from "./hear-payment";
import { expireForgotten } from "./store";
import { pretended, SUBSCRIBE_KIND } from "./subscribe";
import { simulatedDueAnyAccount } from "./subscriptions/store";
import { TOP_UP_KIND } from "./top-up";

const AT_MOST = 50;
/** The provider closes a page after a day; an event that comes later still counts. */
const FORGOTTEN_MS = 26 * 3_600_000;
const CUT_OFF = new Fault(
	"try_again",
	"This was cut off before the page to pay on was there. Nothing was paid; try again.",
);

/** Ends requests that were cut off before anybody could pay, and pages that nobody paid on. Money comes by events alone. */
export async function settlePayments({ db, now, settings }: House): Promise<void> {
	const before = now() - settings.COMPLETER_AGE_SECONDS * 1000;
	for (const { accountId, id } of await overdueAnyAccount(db, [TOP_UP_KIND, SUBSCRIBE_KIND], before, AT_MOST))
		await settleOperation(db, accountId, id, { state: "failed", responseBody: keptFault(CUT_OFF), now: now() });
	await expireForgotten(db, now() - FORGOTTEN_MS, now());
}

/** Lets pretended subscriptions go on into their next period, or end: with their owner's wish, or because payments have become real. */
export async function renewSimulated(house: House): Promise<void> {
	for (const { subscription, plan } of await simulatedDueAnyAccount(house.db, house.now(), AT_MOST)) {
		const { accountId, providerRef: subscriptionRef, periodEnd: start, cancelAtPeriodEnd } = subscription;
		const events =
			cancelAtPeriodEnd || house.payments.name !== "simulated"
				? [{ ...pretended(subscription, house.now()), status: "canceled" as const }]
				: simulatedPeriod({ accountId, plan, subscriptionRef, start });
		for (const event of events) await hearPayment(house, event);
	}
}
