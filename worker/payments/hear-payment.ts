import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import { tellWallet } from "../live/tell";
import { type Difference, noteDifference, noteDifferenceIf } from "../operations/differences/store";
import type { PaymentEvent } from "../outside/payments/payments";
import type { House } from "../scope";
import { addNotice } from "../wallet/notices/store";
import { creditPlan, creditTopUpAnyAccount } from "../wallet/store";
import { effectOfReversal } from "./hear-reversal";
import {
	closeUnpaidAnyAccount,
	EVENT_RULE,
	failInvoice,
	keepCustomer,
	keepCustomerOf,
	listInvoice,
	type PaymentRow,
	rememberEvent,
	settleTopUpAnyAccount,
} from "./store";
import { hearSubscription, isSecondSubscription } from "./subscriptions/store";

/** How often an event is taken up again when others of the same payment come at the same moment. */
const TRIES = 6;

/**
 * Takes in what has happened at the payment provider, in any order and any number of times: each event has its effect once, in one
 * transaction with the note that it had it. The only way by which money or a subscription gets into the books. `others` belong to whoever
 * brings the news, and go along.
 */
export async function hearPayment(house: House, event: PaymentEvent, others: Statement[] = []): Promise<void> {
	for (let n = 0; n < TRIES; n++) if (await wasTaken(house, event, others)) return;
	throw new Fault("try_again", "Other news of this payment came at the same moment.", { retryAfter: 5 });
}

/** False when what the event's effect was worked out from has changed meanwhile; then nothing was written. */
async function wasTaken(house: House, event: PaymentEvent, others: Statement[]): Promise<boolean> {
	const { db } = house;
	const effects = await effectsOf(house, event);
	try {
		const results = await inOneBatch<Statement>(db, [
			rememberEvent(db, event.id, event.type, house.now()),
			...effects,
			...others,
		]);
		const [settled] = event.type === "paid" ? (results[2] as PaymentRow[]) : [];
		if (event.type === "paid" && !settled) await list(house, uncredited(event));
		const accountId = "accountId" in event ? event.accountId : settled?.accountId;
		if (accountId) tellWallet(house, accountId);
		return true;
	} catch (error) {
		const rule = brokenRule(error);
		if (rule !== EVENT_RULE && rule !== "nothing_changed_meanwhile") throw error;
		return rule === EVENT_RULE;
	}
}

async function effectsOf(house: House, event: PaymentEvent): Promise<Statement[]> {
	const { db } = house;
	const now = house.now();
	const isSimulated = house.payments.name === "simulated";
	switch (event.type) {
		case "paid":
			return [
				creditTopUpAnyAccount(db, { ...event, now }),
				settleTopUpAnyAccount(db, { ...event, now }),
				...(event.customerRef ? [keepCustomer(db, event.paymentId, event.customerRef)] : []),
			];
		case "not_paid":
			return [closeUnpaidAnyAccount(db, event.paymentId, event.how, now)];
		case "subscription":
			return [
				hearSubscription(db, { ...event, providerRef: event.subscriptionRef, isSimulated, heardAt: event.at, now }),
				noteDifferenceIf(db, isSecondSubscription(event.accountId, event.subscriptionRef), paidTwice(event), now),
				...(event.customerRef ? [keepCustomerOf(db, event.accountId, event.customerRef)] : []),
			];
		case "invoice_paid":
			return [listInvoice(db, { ...event, isSimulated, now }), creditPlan(db, { ...event, isSimulated, now })];
		case "invoice_not_paid": {
			const { accountId, invoiceRef: ref, amountMicros } = event;
			return [
				failInvoice(db, { ...event, isSimulated, now }),
				addNotice(db, accountId, { kind: "payment_failed", ref, detail: { amountMicros }, now }),
			];
		}
		case "refunded":
		case "disputed":
		case "dispute_won":
			return effectOfReversal(house, event);
		case "other":
			return [];
	}
}

/** Money that was paid to us and that nobody here has been credited with. */
function uncredited(event: Extract<PaymentEvent, { type: "paid" }>): Difference {
	const { checkoutRef: ref, paymentId, amountMicros, currency } = event;
	return {
		source: "payments",
		kind: "paid_not_credited",
		ref,
		accountId: null,
		detail: { paymentId, amountMicros, currency },
	};
}

/** Two pages for a plan were open, and both were paid on: every period is charged twice until somebody ends one. */
function paidTwice({
	subscriptionRef: ref,
	accountId,
	planId,
}: Extract<PaymentEvent, { type: "subscription" }>): Difference {
	return { source: "payments", kind: "second_subscription", ref, accountId, detail: { planId } };
}

async function list({ db, now }: House, difference: Difference): Promise<void> {
	await inOneBatch(db, [noteDifference(db, difference, now())]);
}
