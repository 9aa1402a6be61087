import type * as z from "zod";
import { money } from "../pure/money";
import type { Payment, Plan, PlanOnFile, Subscription } from "./inputs";
import type { PlanRow } from "./plans/store";
import type { PaymentRow } from "./store";
import type { SubscriptionRow } from "./subscriptions/store";

const iso = (at: number) => new Date(at).toISOString();

export function planOnWire({ id, name, description, priceMicros, creditMicros, currency }: PlanRow): Plan {
	const [price, includedCredit] = [money(priceMicros, currency), money(creditMicros, currency)];
	return { id, name, description, price, interval: "month", includedCredit };
}

export function planOnFile(row: PlanRow): z.output<typeof PlanOnFile> {
	return { ...planOnWire(row), isOffered: row.isOffered, position: row.position };
}

export function subscriptionOnWire(row: SubscriptionRow): Subscription {
	return {
		id: row.id,
		userId: row.accountId,
		planId: row.planId,
		status: row.status,
		currentPeriodStart: iso(row.periodStart),
		currentPeriodEnd: iso(row.periodEnd),
		cancelAtPeriodEnd: row.cancelAtPeriodEnd,
		simulated: row.isSimulated,
		createdAt: iso(row.createdAt),
	};
}

export function paymentOnWire(row: PaymentRow): z.output<typeof Payment> {
	return {
		id: row.id,
		kind: row.kind,
		status: row.status,
		amount: money(row.amountMicros, row.currency),
		refunded: money(row.refundedMicros, row.currency),
		method: row.method,
		plan: row.planId,
		simulated: row.isSimulated,
		createdAt: iso(row.createdAt),
	};
}
