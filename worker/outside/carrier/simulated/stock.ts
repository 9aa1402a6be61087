import mobileExamples from "libphonenumber-js/examples.mobile.json";
import { getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";
import { parsePhone } from "../../../pure/phone";
import type { Capabilities, LineType, Offer, StockQuery } from "../carrier";
import { asKeys, isContained } from "../contains";
import { AREA_CODES, CITIES } from "./cities";
import examples from "./examples.json";
import { hashOf } from "./hash";

/** Types, in libphonenumber's words, that may stand on each shelf. */
const TYPES: Record<LineType, string[]> = {
	local: ["FIXED_LINE", "FIXED_LINE_OR_MOBILE"],
	mobile: ["MOBILE", "FIXED_LINE_OR_MOBILE"],
	tollfree: ["TOLL_FREE"],
};
/** Where a mobile number cannot be told from a local one, there is no shelf of its own for it. */
const NO_MOBILES = new Set(["US", "CA"]);
/** Nothing is sold here, so that a country without numbers can be tried too. */
const NOT_SOLD = new Set(["CU", "IR", "KP", "SY"]);
const TAIL = 4;
const TAILS = 10 ** TAIL;
/** A prime, so that neighbours in the list are no neighbours in the number range and every tail comes once. */
const STRIDE = 3571;
const MOST_TRIES = 3000;

/** Numbers for sale: the same ones in the same order for the same question, without those that `isTaken`. */
export function stockFor(query: StockQuery, isTaken: (e164: string) => boolean): Offer[] {
	const { country, type, contains = "", limit } = query;
	const capabilities = capabilitiesOf(country, type);
	if (!isSupportedCountry(country) || NOT_SOLD.has(country) || !fits(capabilities, query.capabilities)) return [];
	const stems = stemsOf(query);
	const offers = new Map<string, Offer>();
	const start = hashOf(`${country} ${type} ${stems[0]}`, TAILS);
	for (let n = 0; stems.length > 0 && n < MOST_TRIES && offers.size < limit; n++) {
		const stem = stems[n % stems.length] ?? "";
		const tail = String((start + n * STRIDE) % TAILS).padStart(TAIL, "0");
		const e164 = `+${getCountryCallingCode(country)}${shaped(stem + tail, contains, n)}`;
		if (!offers.has(e164) && isContained(e164, contains) && isForSale(e164, query) && !isTaken(e164))
			offers.set(e164, { e164, country, type, ...placeOf(e164, query), capabilities });
	}
	return [...offers.values()];
}

/** The offer for exactly this number if the pretend carrier would sell it. */
export function offerFor(e164: string): Offer | null {
	const phone = parsePhone(e164);
	if (!phone || NOT_SOLD.has(phone.country)) return null;
	const shelves: LineType[] = ["local", "mobile", "tollfree"];
	const type = shelves.find((shelf) => TYPES[shelf].includes(phone.type));
	if (!type) return null;
	const { country } = phone;
	return { e164, country, type, ...placeOf(e164, { country, type }), capabilities: capabilitiesOf(country, type) };
}

/** National numbers without their last digits, from which the shelf is filled. */
function stemsOf({ country, type, areaCode }: StockQuery): string[] {
	const places = AREA_CODES[country];
	if (places && type === "local")
		return (areaCode ? [areaCode] : Object.keys(places)).map((code) => `${code.replace(/\D/g, "")}555`);
	const example = exampleOf(country, type);
	if (!example || (areaCode && !/^\d+$/.test(areaCode))) return [];
	return [((areaCode ?? "") + example.slice(areaCode?.length ?? 0)).slice(0, example.length - TAIL)];
}

function exampleOf(country: string, type: LineType): string {
	if (type === "mobile") return NO_MOBILES.has(country) ? "" : (mapOf(mobileExamples).get(country) ?? "");
	return mapOf(examples).get(country)?.[type === "local" ? 0 : 1] ?? "";
}

const mapOf = <Value>(table: Record<string, Value>) => new Map(Object.entries(table));

/** The number with the wanted keys written into it, at another place each time; as it is when they are in it anyway. */
function shaped(national: string, contains: string, n: number): string {
	const keys = asKeys(contains);
	if (!keys || isContained(`+${national}`, contains) || keys.length > national.length) return national;
	const at = national.length - keys.length - (n % (national.length - keys.length + 1));
	const written = [...keys].map((key, i) => (key === "*" ? national[at + i] : key)).join("");
	return national.slice(0, at) + written + national.slice(at + keys.length);
}

function isForSale(e164: string, { country, type, areaCode = "" }: StockQuery): boolean {
	const phone = parsePhone(e164);
	return phone?.country === country && TYPES[type].includes(phone.type) && phone.national.startsWith(areaCode);
}

function capabilitiesOf(country: string, type: LineType): Capabilities {
	const northAmerican = country in AREA_CODES;
	return { voice: true, sms: northAmerican || type === "mobile", mms: northAmerican && type === "local" };
}

function fits(able: Capabilities, wanted: Partial<Capabilities> = {}): boolean {
	return (!wanted.voice || able.voice) && (!wanted.sms || able.sms) && (!wanted.mms || able.mms);
}

function placeOf(
	e164: string,
	{ country, type }: Pick<StockQuery, "country" | "type">,
): { city: string; region: string } {
	const place = type === "local" ? (AREA_CODES[country]?.[e164.slice(2, 5)] ?? CITIES[country]) : undefined;
	const [city, region] = place ?? ["", ""];
	return { city, region };
}
