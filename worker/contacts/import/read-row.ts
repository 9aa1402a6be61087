import type { CsvRow } from "../../pure/csv";
import { countryCode } from "../../pure/phone";
import { zoneNamed, zonesOf } from "../../pure/zones";
import type { Columns, Field } from "./columns";
import { readNumber } from "./read-number";
import type { Reason } from "./reasons";

/** What a row says of one contact; "" where it says nothing. */
export interface ReadContact {
	e164: string;
	country: string;
	zones: string;
	firstName: string;
	lastName: string;
	email: string;
	notes: string;
	timeZone: string;
	customFields: Record<string, string>;
}

const LONGEST: Record<Exclude<Field, "phone" | "country">, number> = {
	name: 200,
	firstName: 200,
	lastName: 200,
	email: 254,
	notes: 5_000,
	timeZone: 64,
};
const LONGEST_CUSTOM = 1_000;
const LONGEST_CONTACT = 16_000;

/** Reads one row, or says why it cannot be used. `country` is where national numbers belong; the row's own country goes before it. */
export function readRow(row: CsvRow, { fields, names }: Columns, country: string | undefined): ReadContact | Reason {
	if (row.problem) return row.problem;
	const said = new Map<Field, string>();
	const customFields: Record<string, string> = {};
	let size = 0;
	row.cells.forEach((raw, column) => {
		const cell = raw.trim();
		if (cell === "") return;
		size += cell.length;
		const field = fields[column] ?? null;
		if (field) said.set(field, cell);
		else customFields[names[column] ?? `Column ${column + 1}`] = cell.slice(0, LONGEST_CUSTOM);
	});
	if (size > LONGEST_CONTACT) return "row_too_long";
	const number = numberIn(said, country);
	if (typeof number === "string") return number;
	const text = (field: keyof typeof LONGEST) => (said.get(field) ?? "").slice(0, LONGEST[field]);
	const [first, ...last] = text("name").split(/\s+/);
	// What cannot be what its column says is kept, where nothing relies on it.
	const email = text("email");
	if (email && !/^[^\s@]+@[^\s@]+$/.test(email)) customFields.email = email;
	const timeZone = zoneNamed(text("timeZone"));
	if (!timeZone && said.has("timeZone")) customFields.timeZone = text("timeZone");
	return {
		e164: number.e164,
		country: number.country,
		zones: zonesOf(number.e164, number.type),
		firstName: text("firstName") || (first ?? ""),
		lastName: text("lastName") || (said.has("firstName") ? "" : last.join(" ")),
		email: "email" in customFields ? "" : email,
		notes: text("notes"),
		timeZone: timeZone ?? "",
		customFields,
	};
}

function numberIn(said: Map<Field, string>, country: string | undefined) {
	const cell = said.get("phone");
	if (cell === undefined) return "missing_number";
	const named = said.get("country");
	const own = named === undefined ? undefined : codeOf(named);
	const number = readNumber(cell, own ?? country);
	return number === "needs_country" && named !== undefined ? "unknown_country" : number;
}

const codes = new Map<string, string | null>();

function codeOf(name: string): string | undefined {
	let code = codes.get(name);
	if (code === undefined) {
		if (codes.size > 1_000) codes.clear();
		code = countryCode(name);
		codes.set(name, code);
	}
	return code ?? undefined;
}
