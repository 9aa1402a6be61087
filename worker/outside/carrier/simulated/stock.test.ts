import { getCountries } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { parsePhone } from "../../../pure/phone";
import type { StockQuery } from "../carrier";
import { offerFor, stockFor } from "./stock";

const none = () => false;
const ask = (query: Partial<StockQuery>, isTaken: (e164: string) => boolean = none) =>
	stockFor({ country: "US", type: "local", limit: 20, ...query }, isTaken);
const numbers = (query: Partial<StockQuery>) => ask(query).map(({ e164 }) => e164);

describe("the pretend carrier's stock", () => {
	it("has valid mobile or local numbers of nearly every country", () => {
		const empty: string[] = [];
		for (const country of getCountries()) {
			const offers = [...ask({ country, limit: 3 }), ...ask({ country, type: "mobile", limit: 3 })];
			for (const { e164 } of offers) expect(parsePhone(e164)).toMatchObject({ e164, country });
			if (offers.length === 0) empty.push(country);
		}

		expect(empty.length).toBeLessThanOrEqual(10);
		expect(empty).toEqual(expect.arrayContaining(["CU", "IR", "KP", "SY"]));
	});

	it("answers the same question the same way, and another in another", () => {
		expect(numbers({})).toEqual(numbers({}));
		expect(new Set(numbers({ limit: 100 })).size).toBe(100);
		expect(numbers({ areaCode: "212" })).not.toEqual(numbers({ areaCode: "415" }));
	});

	it("honours area codes", () => {
		for (const e164 of numbers({ areaCode: "907" })) expect(e164).toMatch(/^\+1907555\d{4}$/);
		for (const e164 of numbers({ country: "DE", areaCode: "3090" })) expect(e164).toMatch(/^\+493090/);
		expect(numbers({ areaCode: "000" })).toEqual([]);
		expect(numbers({ areaCode: "' OR 1=1" })).toEqual([]);
		expect(numbers({ country: "DE", areaCode: "zero" })).toEqual([]);
	});

	it.each([
		["digits", { contains: "777" }, /777/],
		["digits with a gap", { contains: "1**4" }, /1\d\d4/],
		["letters of the keypad", { contains: "taxi" }, /8294/],
		["digits at home", { country: "GB", type: "mobile", contains: "007" }, /007/],
	] as const)("finds numbers that contain %s", (_, query, wanted) => {
		const found = numbers(query);

		expect(found.length).toBeGreaterThan(5);
		for (const e164 of found) expect(e164).toMatch(wanted);
	});

	it("does not invent a number that cannot contain what is wanted", () => {
		expect(numbers({ contains: "000000000000" })).toEqual([]);
	});

	it("keeps the shelves apart", () => {
		for (const { e164 } of ask({ type: "tollfree" })) expect(parsePhone(e164)?.type).toBe("TOLL_FREE");
		for (const { e164 } of ask({ country: "FR", type: "mobile" })) expect(parsePhone(e164)?.type).toBe("MOBILE");
		expect(ask({ type: "mobile" })).toEqual([]);
	});

	it("offers only what can do what is wanted", () => {
		expect(ask({ capabilities: { voice: true, sms: true, mms: true } })[0]?.capabilities).toEqual({
			voice: true,
			sms: true,
			mms: true,
		});
		expect(ask({ country: "DE", capabilities: { sms: true } })).toEqual([]);
	});

	it("does not offer what somebody has, but the next one", () => {
		const [first, second] = numbers({ limit: 2 });

		expect(ask({ limit: 1 }, (e164) => e164 === first).map(({ e164 }) => e164)).toEqual([second]);
	});

	it("says where a number is at home", () => {
		expect(ask({ areaCode: "415" })[0]).toMatchObject({ city: "San Francisco", region: "CA" });
		expect(ask({ country: "FR" })[0]).toMatchObject({ city: "Paris", region: "Île-de-France" });
		expect(ask({ areaCode: "907" })[0]).toMatchObject({ city: "", region: "" });
	});

	it("knows a number that it would sell when it sees one", () => {
		for (const offer of [...ask({ limit: 3 }), ...ask({ country: "GB", type: "mobile", limit: 3 })])
			expect(offerFor(offer.e164)).toEqual(offer);
		expect(offerFor("+15005550000")).toBeNull();
		expect(offerFor("+19005550100")).toBeNull();
		expect(offerFor("not a number")).toBeNull();
	});
});
