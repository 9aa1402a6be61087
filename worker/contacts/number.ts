import { Fault } from "../errors";
import { countryCode, type Phone, parsePhone } from "../pure/phone";
import type { Scope } from "../scope";
import { countryOfUser } from "./store";

/** Reads a number as somebody typed it: in the country given, or in the user's own. Throws `invalid_input` when it is none. */
export async function typedNumber(scope: Scope, typed: string, country?: string): Promise<Phone> {
	const named = country === undefined ? undefined : countryCode(country);
	if (named === null) throw new Fault("invalid_input", "country: not a country that we know");
	const phone =
		parsePhone(typed, named) ??
		(named || typed.trim().startsWith("+") ? null : parsePhone(typed, await countryOfUser(scope)));
	if (!phone) throw new Fault("invalid_input", "phoneNumber: not a valid phone number");
	return phone;
}
