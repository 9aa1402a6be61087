import { type Reading, typedNumber } from "../../contacts/number";
import { Fault } from "../../errors";
import { costlyReason, type Phone } from "../../pure/phone";
import type { Scope } from "../../scope";

/**
 * Where a call or a message is to go, as somebody typed it. Throws `invalid_input` for what is no number, and for premium, shared-cost
 * and satellite numbers: decided by the parsed type, whatever their prefix. Asks no database for a number with its country code.
 * That the account may reach the country, and that the person has not said stop, is for the batch: put `mustReach(db, accountId,
 * phone.country)` and `mustBeOpen(db, accountId, phone.e164, channel)` of `worker/consent/reach/store.ts` into it.
 */
export async function typedDestination(scope: Scope, typed: string, reading: Reading = {}): Promise<Phone> {
	const phone = await typedNumber(scope, typed, { field: "to", ...reading });
	refuseCostly(phone);
	return phone;
}

/** Throws `invalid_input` for a number that costs more than a call or a message may. */
export function refuseCostly(phone: Pick<Phone, "country" | "type">): void {
	const reason = costlyReason(phone);
	if (reason === "premium")
		throw new Fault("invalid_input", "to: premium-rate and shared-cost numbers are neither called nor texted");
	if (reason === "no_country")
		throw new Fault(
			"invalid_input",
			"to: satellite numbers and others without a country are neither called nor texted",
		);
}
