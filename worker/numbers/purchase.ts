import type { Once } from "../http/idempotency";
import { type Outcome, withBody } from "../once/outcome";
import { toMicros } from "../pure/money";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { buy } from "./buy";
import type { PhoneNumber, PurchaseInput } from "./inputs";

/** Buys one exact number, at our price and not at the one that the buyer names. */
export async function purchaseNumber(scope: Scope, input: PurchaseInput, once: Once): Promise<Outcome<PhoneNumber>> {
	ownerOnly(scope);
	const { number, label, city, state, monthlyPrice } = input;
	const outcome = await buy(
		scope,
		{
			kind: "number_purchase",
			country: number.country,
			type: number.type,
			candidates: [{ e164: number.e164, city, region: state }],
			label,
			quotedMicros: monthlyPrice === undefined ? null : toMicros(monthlyPrice),
			channel: null,
			creditShortfall: false,
		},
		once,
	);
	return withBody(outcome, (bought) => bought.number);
}
