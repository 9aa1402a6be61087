import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** A number as carriers sell it. */
export interface SoldLine {
	e164: string;
	/** ISO 3166-1 alpha-2. */
	country: string;
	type: "local" | "mobile" | "tollfree";
}

const TYPES: Record<string, SoldLine["type"]> = { MOBILE: "mobile", TOLL_FREE: "tollfree" };

// Ranges younger than the numbering plan's data have no country of their own: the first of those that share the code stands in.
const FIRST_OF_CODE: Record<string, string> = {
	1: "US",
	7: "RU",
	39: "IT",
	44: "GB",
	47: "NO",
	61: "AU",
	212: "MA",
	262: "RE",
	358: "FI",
	590: "GP",
	599: "CW",
};

/**
 * Reads an international number that a carrier may sell. Looser than `parsePhone`, since carriers sell ranges before the published
 * plans list them; country and type decide the price, so they come from the number alone and never from its buyer.
 */
export function readLine(input: string): SoldLine | null {
	if (input.length > 40) return null;
	const parsed = parsePhoneNumberFromString(input.trim(), { extract: false });
	if (!parsed?.isPossible() || parsed.ext) return null;
	const country = parsed.country ?? FIRST_OF_CODE[parsed.countryCallingCode];
	return country ? { e164: parsed.number, country, type: TYPES[parsed.getType() ?? ""] ?? "local" } : null;
}

/** The calling code of a number's country, as people write it: "+1". */
export function callingCode(e164: string): string {
	return `+${parsePhoneNumberFromString(e164)?.countryCallingCode ?? ""}`;
}
