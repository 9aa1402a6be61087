import { getCountries, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, it } from "vitest";
import { formatPhone } from "./phone";

const byLibrary = (e164: string) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;

describe("a number as people read it", () => {
	it("is written as the library writes it, in every country, the first time and again", () => {
		const numbers = getCountries().flatMap((country) => getExampleNumber(country, examples)?.number ?? []);

		expect(numbers.length).toBeGreaterThan(200);
		expect(numbers.map(formatPhone)).toEqual(numbers.map(byLibrary));
		expect(numbers.map(formatPhone)).toEqual(numbers.map(byLibrary));
	});

	it("is written as the library writes it for every area of North America, given out or not", () => {
		const areas = Array.from({ length: 800 }, (_, n) => 200 + n);
		const numbers = areas.flatMap((area) => [`+1${area}5550100`, `+1${area}0000001`, `+1${area}9119999`]);

		expect(numbers.filter((number) => formatPhone(number) !== byLibrary(number))).toEqual([]);
	});

	it.each(["+1", "+12", "+14155552", "+199999999999", "+999123456", "hello", ""])(
		"leaves %s as the library does",
		(text) => {
			expect(formatPhone(text)).toBe(byLibrary(text));
		},
	);
});
