import type { Statement } from "../db/client";
import { noteDifference } from "../operations/differences/store";
import type { PaymentEvent } from "../outside/payments/payments";
import type { House } from "../scope";
import { book, returnDisputedAnyAccount } from "../wallet/store";
import { endDispute, findByIntentAnyAccount, mustBeAsRead, noteRefund } from "./store";

type Reversal = Extract<PaymentEvent, { type: "refunded" | "disputed" | "dispute_won" }>;

/**
 * Money that goes back to who paid it leaves the wallet, as far as it is still there: what has been spent cannot be taken back, so
 * administrators are told of the rest.
 */
export async function effectOfReversal(house: House, event: Reversal): Promise<Statement[]> {
	const { db } = house;
	const now = house.now();
	if (event.type === "dispute_won")
		return [returnDisputedAnyAccount(db, event.disputeRef, now), endDispute(db, event.intentRef)];
	const payment = await findByIntentAnyAccount(db, event.intentRef);
	const ref = event.type === "disputed" ? event.disputeRef : `${event.intentRef}:${event.totalMicros}`;
	const tell = (kind: string, missingMicros: number) =>
		noteDifference(
			db,
			{ source: "payments", kind, ref, accountId: payment?.accountId ?? null, detail: { ...event, missingMicros } },
			now,
		);
	if (!payment) return [tell("reversal_of_unknown_payment", 0)];
	const total = event.type === "refunded" ? event.totalMicros : payment.refundedMicros;
	const wanted = event.type === "refunded" ? total - payment.refundedMicros : event.amountMicros;
	if (wanted <= 0) return [];
	const taken = Math.min(wanted, payment.availableMicros);
	const kind = event.type === "refunded" ? "refund" : "dispute";
	const entry = { kind, from: "available", to: "external", ref, memo: payment.id, now } as const;
	const status = event.type === "disputed" ? "disputed" : total >= payment.amountMicros ? "refunded" : payment.status;
	return [
		mustBeAsRead(db, payment, taken),
		...(taken > 0 ? [book(db, payment.accountId, { ...entry, amountMicros: taken })] : []),
		noteRefund(db, payment.id, status, Math.max(total, payment.refundedMicros)),
		...(taken < wanted ? [tell("reversal_not_covered", wanted - taken)] : []),
	];
}
