import mobiles from "libphonenumber-js/examples.mobile.json";
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/max";
import examples from "../../outside/carrier/simulated/examples.json" with { type: "json" };

const STOCK: Record<string, [local: string, tollfree: string] | string[]> = examples;
const MOBILES: Record<string, string> = mobiles;

export type Shelf = "Local" | "Mobile" | "TollFree";

/** Numbers for sale in a country: its example with other last digits. Null when the carrier has no such shelf. */
export function shelfOf(country: string, shelf: Shelf, areaCode: string | null): string[] | null {
	const american = country === "US" || country === "CA";
	const local = american ? `${areaCode ?? "415"}5550000` : STOCK[country]?.[0];
	const example =
		shelf === "Local" ? local : shelf === "Mobile" ? (american ? "" : MOBILES[country]) : STOCK[country]?.[1];
	if (!example || !isSupportedCountry(country)) return null;
	const prefix = `+${getCountryCallingCode(country as CountryCode)}${example.slice(0, -3)}`;
	return Array.from({ length: 900 }, (_, n) => prefix + (n + 100));
}
