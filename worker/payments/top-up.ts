import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import { liveSession } from "../identity/store";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { openOperation, settleOperation } from "../once/store";
import { PaymentsRefusal, PaymentsUnclear } from "../outside/payments/payments";
import { money } from "../pure/money";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { failOperation } from "./fail-operation";
import { hearPayment } from "./hear-payment";
import { TopUp, type TopUpInput } from "./inputs";
import { addPayment, billingOf, nameCheckout } from "./store";

export const TOP_UP_KIND = "top_up";

/** Opens the page on which the wallet is topped up. With pretended money there is nothing to pay: it is there at once, and marked. */
export async function topUp(scope: Scope, { amountMicros }: TopUpInput, once: Once): Promise<Outcome<TopUp>> {
	ownerOnly(scope);
	refuseInProduction(scope);
	const { db, accountId, userId, payments, settings } = scope;
	const id = `pay_${ulid()}`;
	const now = scope.now();
	const isSimulated = payments.name === "simulated";
	const currency = "USD";
	const opening = { id, userId, kind: TOP_UP_KIND, once, hold: 0, detail: { amountMicros }, now };
	try {
		await inOneBatch(db, [
			liveSession(db, scope),
			openOperation(db, accountId, opening),
			addPayment(db, accountId, { id, kind: "top_up", amountMicros, currency, planId: null, isSimulated, now }),
		]);
	} catch (error) {
		const earlier = await earlierOutcome(scope, TOP_UP_KIND, once, TopUp, error);
		if (earlier) return earlier;
		throw error;
	}
	try {
		const { email, customerRef } = isSimulated ? NOBODY : await billingOf(db, accountId, null);
		const wallet = `${settings.PUBLIC_BASE_URL}/wallet`;
		const { ref, url, events } = await payments.openCheckout({
			paymentId: id,
			accountId,
			email,
			customerRef,
			amountMicros,
			currency,
			successUrl: `${wallet}?paid=${id}`,
			cancelUrl: wallet,
			now,
		});
		const [paid] = events;
		const status = paid ? ("succeeded" as const) : ("open" as const);
		const body = { paymentId: id, status, simulated: isSimulated, amount: money(amountMicros), checkoutUrl: url };
		const ending = [
			nameCheckout(db, accountId, id, ref),
			settleOperation(db, accountId, id, { state: "done", responseBody: JSON.stringify(body), now }),
		];
		await (paid ? hearPayment(scope, paid, ending) : inOneBatch(db, ending));
		return { state: "done", body, replayed: false };
	} catch (error) {
		if (!(error instanceof PaymentsRefusal || error instanceof PaymentsUnclear)) throw error;
		return failOperation(scope, id, error);
	}
}

const NOBODY = { email: "", customerRef: null };

/** Pretended money buys real calls in production: never. */
export function refuseInProduction({ payments, settings }: Pick<Scope, "payments" | "settings">): void {
	if (payments.name === "simulated" && settings.ENVIRONMENT === "production")
		throw new Fault("misconfigured", "Payments are not set up on this installation", {
			details: "Simulated payments are refused in production; the README says which settings real ones need",
		});
}
