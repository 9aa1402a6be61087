import { type CountryCode, getCountries, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** A telephone number that exists as far as its numbering plan tells. */
export interface Phone {
	e164: string;
	/** ISO 3166-1 alpha-2; "" for numbers of no country (satellite, international freephone). */
	country: string;
	/** The part without the country code: what is unique among personal numbers. */
	national: string;
	/** libphonenumber's type: MOBILE, FIXED_LINE, PREMIUM_RATE, ...; "" when the plan does not say. */
	type: string;
	formatted: string;
}

/** Longer input than any number with its punctuation is not worth parsing. */
const LONGEST_INPUT = 40;

/**
 * Reads a number as a person writes it, in `country` when it has no country code. Null when it is not a valid number.
 * Extensions are refused: the line behind one cannot be dialed or texted.
 */
export function parsePhone(input: string, country?: string): Phone | null {
	if (input.length > LONGEST_INPUT) return null;
	const parsed = parsePhoneNumberFromString(input.trim(), {
		...(country && isSupportedCountry(country) ? { defaultCountry: country as CountryCode } : {}),
		extract: false,
	});
	if (!parsed?.isValid() || parsed.ext) return null;
	return {
		e164: parsed.number,
		country: parsed.country ?? "",
		national: parsed.nationalNumber,
		type: parsed.getType() ?? "",
		formatted: parsed.formatInternational(),
	};
}

// Parsing a number takes some ten microseconds, and a page shows fifty of them, mostly the same ones again.
const formatted = new Map<string, string>();
const FORMATTED_MOST = 5_000;
const NORTH_AMERICAN = /^\+1([2-9]\d\d)(\d{3})(\d{4})$/;

/** An E.164 number as people read it: "+1 415 555 0100". What cannot be parsed comes back as it is. */
export function formatPhone(e164: string): string {
	const [, area, exchange, line] = NORTH_AMERICAN.exec(e164) ?? [];
	if (area) return `+1 ${area} ${exchange} ${line}`;
	const known = formatted.get(e164);
	if (known !== undefined) return known;
	const text = parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
	if (formatted.size >= FORMATTED_MOST) formatted.clear();
	formatted.set(e164, text);
	return text;
}

// Decided by the parsed type, never by prefix: prefixes change hands, and one that is missed costs real money.
const COSTLY = new Set(["PREMIUM_RATE", "SHARED_COST", "UAN", "PAGER", "VOICEMAIL", "PERSONAL_NUMBER"]);

/** Why an account may not dial or text this number, or null when it may. Satellite and other country-less ranges are costly too. */
export function costlyReason(phone: Pick<Phone, "country" | "type">): "premium" | "no_country" | null {
	if (COSTLY.has(phone.type)) return "premium";
	return phone.country === "" ? "no_country" : null;
}

// Made when it is first asked for: the tables behind it take milliseconds, which every start of the Worker would pay.
let names: Intl.DisplayNames | undefined;

/** A country's English name; the code itself where there is none. */
export function countryName(country: string): string {
	names ??= new Intl.DisplayNames(["en"], { type: "region" });
	return names.of(country) ?? country;
}

const ALIASES: Record<string, string> = {
	USA: "US",
	UK: "GB",
	UAE: "AE",
	"UNITED STATES OF AMERICA": "US",
	"GREAT BRITAIN": "GB",
};
let byName: Map<string, string> | undefined;

/** The ISO 3166-1 alpha-2 code for "US", "usa", "United States" and other English names; null when unknown. */
export function countryCode(text: string): string | null {
	const wanted = text.trim().toUpperCase();
	if (isSupportedCountry(wanted)) return wanted;
	byName ??= new Map(getCountries().map((code) => [countryName(code).toUpperCase(), code]));
	return ALIASES[wanted] ?? byName.get(wanted) ?? null;
}
