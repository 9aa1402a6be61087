import { Fault } from "../errors";
import { countryCode, type Phone, parsePhone } from "../pure/phone";
import type { Scope } from "../scope";
import { countryOfUser } from "./store";

/** How a number is to be read that came without its country code. */
export interface Reading {
	/** By code or name, as somebody gave it. */
	country?: string | undefined;
	/** Where it stood in the input. */
	field?: string;
	/** The line from which it is to be reached: its country is taken when the user has none. */
	line?: string;
}

/** Reads a number as somebody typed it: in the country given, or in the user's own. Throws `invalid_input` when it is none. */
export async function typedNumber(scope: Scope, typed: string, reading: Reading = {}): Promise<Phone> {
	const { country, field = "phoneNumber", line = "" } = reading;
	const named = country === undefined ? undefined : countryCode(country);
	if (named === null) throw new Fault("invalid_input", "country: not a country that we know");
	const phone =
		parsePhone(typed, named) ??
		(named || typed.trim().startsWith("+")
			? null
			: parsePhone(typed, (await countryOfUser(scope)) ?? parsePhone(line)?.country));
	if (!phone)
		throw new Fault("invalid_input", `${field}: not a valid phone number`, {
			details: [{ path: field, message: "not a valid phone number" }],
		});
	return phone;
}
