import { getCountries, getExampleNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, it } from "vitest";
import { parsePhone } from "../../pure/phone";
import { quickNumber } from "./quick-number";

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

const samples = getCountries().flatMap((country) => getExampleNumber(country, examples)?.number ?? []);

/** The number with another digit, one more or one fewer, anywhere behind its plus. */
function mutated(number: string, roll: (sides: number) => number): string {
	const at = 1 + roll(number.length - 1);
	const digit = String(roll(10));
	return [
		number.slice(0, at) + digit + number.slice(at + 1),
		number.slice(0, at) + digit + number.slice(at),
		number.slice(0, at) + number.slice(at + 1),
		number.slice(0, 4) + Array.from({ length: number.length - 4 }, () => roll(10)).join(""),
	][roll(4)] as string;
}

/** Where the quick way says something else than libphonenumber, of these. */
function disagreements(numbers: Iterable<string>): string[] {
	const wrong: string[] = [];
	for (const number of numbers) {
		const quick = quickNumber(number);
		if (quick === undefined) continue;
		const slow = parsePhone(number);
		const [one, other] = [quick, slow].map((phone) => phone && [phone.e164, phone.country, phone.type].join());
		if (one !== other) wrong.push(`${number}: ${one} is not ${other}`);
	}
	return wrong;
}

describe("the quick way to a number", () => {
	it("is taken for the example of almost every country, and agrees with libphonenumber", () => {
		expect(disagreements(samples)).toEqual([]);
		expect(samples.filter((number) => quickNumber(number)).length / samples.length).toBeGreaterThan(0.95);
	});

	it("agrees about a hundred mutations of each", () => {
		const roll = dice(11);
		const numbers = samples.flatMap((number) => Array.from({ length: 100 }, () => mutated(number, roll)));

		expect(disagreements(numbers)).toEqual([]);
	});

	it("agrees about them as people write them", () => {
		const roll = dice(3);
		const written = samples.flatMap((number) => [
			parsePhone(number)?.formatted ?? number,
			...[" ", ".", "-"].map((mark) => {
				const at = 2 + roll(number.length - 3);
				return number.slice(0, at) + mark + number.slice(at);
			}),
		]);

		expect(disagreements(written)).toEqual([]);
		expect(written.filter((number) => quickNumber(number)).length / written.length).toBeGreaterThan(0.9);
	});

	it("agrees about numbers of every calling code and length", () => {
		const roll = dice(5);
		const numbers = Array.from({ length: 20_000 }, () => {
			const digits = 7 + roll(9);
			return `+${1 + roll(9)}${Array.from({ length: digits - 1 }, () => roll(10)).join("")}`;
		});

		expect(disagreements(numbers)).toEqual([]);
	});

	it.each([
		"4155552671",
		"+1 (415) 555 2671",
		"+1  415",
		"+1-",
		"+",
		"",
		"+0123456789",
		"+1415555267x",
		"+87077311163",
		"+٤١٥٥٥٥٢٦٧١",
	])("leaves %j to libphonenumber", (text) => {
		expect(quickNumber(text)).toBeUndefined();
	});
});
