#!/usr/bin/env node
// Writes the demo's contacts: `npm exec -- node worker/local/demo/make-contacts.mjs`. The same file comes out every time.
import { writeFileSync } from "node:fs";
import { getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";

const ROWS = 1_000;
const COUNTRIES =
	"US GB DE FR ES IT NL SE AU NZ IE IN BR MX JP CA PT BE AT CH DK NO FI PL CZ GR HU RO BG HR SK SI LT LV EE TR ZA NG KE EG MA IL AE SA SG MY TH VN PH ID KR TW HK AR CL CO PE UY CR PA".split(
		" ",
	);
const FIRST =
	"Ada Ben Chiara Dario Elif Finn Grace Hana Ivo Jana Kofi Lena Mateo Nora Omar Priya Quinn Rosa Samir Tove Uma Vera Wen Ximena Yuki Zane".split(
		" ",
	);
const LAST =
	"Abara Bianchi Costa Dubois Eriksen Fischer Garcia Haas Ito Jensen Kowalski Lopez Meyer Novak Okafor Petrov Quist Rossi Sato Torres Ueda Virtanen Weber Xu Yilmaz Zeman".split(
		" ",
	);
// People write numbers in many ways; a national one needs the country beside it.
const SPELLINGS = [
	(number) => number.number,
	(number) => number.formatInternational(),
	(number) => number.formatNational(),
	(number) => number.number.replace("+", "00"),
	(number) => number.formatInternational().replaceAll(" ", "-"),
];

/** Rows that no dialer could use, two of each kind. */
const BAD = [
	["no number", ["", ""], ["   ", "US"]],
	["a word for a number", ["n/a", "GB"], ["unknown", "DE"]],
	["too short", ["+1415", ""], ["12", "FR"]],
	["too long", ["+4915123456789012345", ""], ["+14155550100999", ""]],
	["no such country code", ["+999123456789", ""], ["+2101234567", ""]],
	["not in the numbering plan", ["+15551234567", ""], ["+19876543210", ""]],
	["shortened by a spreadsheet", ["4.91512E+12", "DE"], ["1.41556E+10", "US"]],
	["with an extension", ["+1 415 555 2671 ext. 12", "US"], ["+44 20 7183 8750 x4", "GB"]],
	["national without a country", ["0151 23456789", ""], ["(415) 555-2671", ""]],
	["national in no country", ["020 7183 8750", "Narnia"], ["555 0199", "Atlantis"]],
	["letters in it", ["+49 15A 23B4567", ""], ["+1 415 CALL NOW!", ""]],
	["two numbers in one", ["+14155552671 / +14155552672", ""], ["+442071838750;+442071838751", ""]],
	["an e-mail address", ["ada@example.com", ""], ["https://example.com/+14155552671", ""]],
	["a date", ["2026-11-21", ""], ["21/11/2026", "ES"]],
	["all zeros", ["0000000000", "IT"], ["+00000000000", ""]],
];

const good = numbers(ROWS - BAD.length * 2).map((number, at) => {
	const spelling = SPELLINGS[at % SPELLINGS.length];
	const first = FIRST[at % FIRST.length];
	const last = LAST[Math.floor(at / FIRST.length) % LAST.length];
	const email = `${first}.${last}.${at + 1}@example.com`.toLowerCase();
	return [first, last, spelling(number), number.country, email, ""];
});
const bad = BAD.flatMap(([kind, ...pair]) =>
	pair.map(([phone, country]) => ["Bad", "Row", phone, country, "", `bad on purpose: ${kind}`]),
);
// Spread through the file, so that each stands between good ones.
for (const [at, row] of bad.entries()) good.splice(20 + at * 33, 0, row);
const lines = [["First name", "Last name", "Phone", "Country", "E-mail", "Notes"], ...good].map((row) =>
	row.map(cell).join(","),
);
writeFileSync(new URL("../demo-contacts.csv", import.meta.url), `${lines.join("\r\n")}\r\n`);

/** Valid numbers that differ, evenly over the countries: each country's example with other last digits. */
function numbers(count) {
	const found = new Map();
	for (let step = 0; found.size < count; step++)
		for (const country of COUNTRIES) {
			if (found.size === count) break;
			const example = getExampleNumber(country, examples).number;
			const digits = String((Number(example.slice(-4)) + step * 37) % 10_000).padStart(4, "0");
			const number = parsePhoneNumberFromString(example.slice(0, -4) + digits);
			if (number?.isValid() && number.country === country) found.set(number.number, number);
		}
	return [...found.values()];
}

function cell(text) {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
