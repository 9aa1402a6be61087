import { inOneBatch } from "../db/client";
import { noteDifference } from "../operations/differences/store";
import type { House } from "../scope";
import { walletOf } from "../wallet/store";
import { hearPayment } from "./hear-payment";
import { pretended } from "./subscribe";
import { unendedSubscriptions } from "./subscriptions/store";

/** Ends whatever an account that is closing is billed for. Throws while the provider does not answer; repeating it does no harm. */
export async function endBilling(house: House, accountId: string): Promise<void> {
	for (const subscription of await unendedSubscriptions(house.db, accountId)) {
		await house.payments.endSubscription(subscription.providerRef);
		await hearPayment(house, { ...pretended(subscription, house.now()), status: "canceled" });
	}
}

/** Lists what is left in the wallet of a closed account, so that an administrator pays it back; the books keep it until then. */
export async function listLeftover({ db, now }: House, accountId: string): Promise<void> {
	const left = (await walletOf(db, accountId))?.availableMicros ?? 0;
	if (left <= 0) return;
	const detail = { amountMicros: left };
	const difference = { source: "payments", kind: "closed_with_balance", ref: accountId, accountId, detail } as const;
	await inOneBatch(db, [noteDifference(db, difference, now())]);
}
