import { inOneBatch, type Statement } from "../db/client";
import { closeVanished, type Difference, noteDifference } from "../operations/differences/store";
import { isDue } from "../operations/store";
import type { House } from "../scope";
import { creditedAnyAccount, settledTopUpsAnyAccount } from "./store";

const DAY_MS = 86_400_000;
/** A page may be paid up to a day after it was opened, and events may be days late. */
const LOOK_BACK_DAYS = 4;
const SETTLED_DAYS = 2;

/** Once a day: compares the top-ups here with the payment provider's, both ways. */
export async function reconcilePaymentsDaily(house: House): Promise<void> {
	if (house.payments.name === "simulated") return; // pretended money has no other books
	if (await isDue(house.db, "reconcile_payments", DAY_MS, house.now())) await reconcilePayments(house);
}

/** Lists what does not agree for administrators; mends nothing. Returns how many differences there are. */
export async function reconcilePayments(house: House): Promise<number> {
	const { db, payments } = house;
	const now = house.now();
	const there = await payments.paidSince(now - LOOK_BACK_DAYS * DAY_MS);
	const credited = await creditedAnyAccount(
		db,
		there.map(({ paymentId }) => paymentId),
	);
	const here = await settledTopUpsAnyAccount(db, now - SETTLED_DAYS * DAY_MS);
	const paidThere = new Set(there.map(({ paymentId }) => paymentId));
	const found: Difference[] = [
		...there
			.filter(({ paymentId }) => !credited.has(paymentId))
			.map(({ ref, paymentId, amountMicros }) => ({
				source: "payments" as const,
				kind: "found_paid_not_credited",
				ref,
				accountId: null,
				detail: { paymentId, amountMicros },
			})),
		...here
			.filter(({ id, status }) => status === "succeeded" && !paidThere.has(id))
			.map(({ id: ref, accountId, amountMicros, checkoutRef }) => ({
				source: "payments" as const,
				kind: "found_credited_not_paid",
				ref,
				accountId,
				detail: { amountMicros, checkoutRef },
			})),
	];
	await inOneBatch<Statement>(db, [
		...found.map((difference) => noteDifference(db, difference, now)),
		closeVanished(db, "payments", now),
	]);
	return found.length;
}
