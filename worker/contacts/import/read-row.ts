import type { CsvRow } from "../../pure/csv";
import { costlyReason, countryCode } from "../../pure/phone";
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
	/** Each once, sorted. */
	tags: string[];
	barred: "" | "premium" | "no_country";
	consentedAt: number | null;
}

const LONGEST_NAME = 200;
const LONGEST_NOTES = 5_000;
const LONGEST_CUSTOM = 1_000;
const LONGEST_CONTACT = 16_000;
const LONGEST_TAG = 64;
const MOST_TAGS = 50;
const NO_TAGS: string[] = [];

/** Reads one row, or says why it cannot be used. `country` is where national numbers belong; the row's own country goes before it. */
export function readRow(row: CsvRow, { fields, names }: Columns, country: string | undefined): ReadContact | Reason {
	if (row.problem) return row.problem;
	const { said, customFields, size } = cellsOf(row.cells, fields, names);
	if (size > LONGEST_CONTACT) return "row_too_long";
	const number = numberIn(said, country);
	if (typeof number === "string") return number;
	const contact: ReadContact = {
		e164: number.e164,
		country: number.country,
		zones: zonesOf(number.e164, number.type),
		firstName: cut(said.firstName, LONGEST_NAME),
		lastName: cut(said.lastName, LONGEST_NAME),
		email: said.email ?? "",
		notes: cut(said.notes, LONGEST_NOTES),
		timeZone: "",
		customFields,
		tags: said.tags === undefined ? NO_TAGS : tagsIn(said.tags),
		barred: costlyReason(number) ?? "",
		consentedAt: null,
	};
	if (said.company !== undefined) customFields.company = cut(said.company, LONGEST_CUSTOM);
	if (said.consent !== undefined) consentIn(contact, said.consent);
	if (said.name !== undefined) nameWhole(contact, cut(said.name, LONGEST_NAME));
	// What cannot be what its column says is kept, where nothing relies on it.
	if (contact.email !== "" && !/^[^\s@]{1,64}@[^\s@]{1,189}$/.test(contact.email)) {
		customFields.email = cut(contact.email, LONGEST_CUSTOM);
		contact.email = "";
	}
	if (said.timeZone !== undefined) {
		contact.timeZone = zoneNamed(said.timeZone) ?? "";
		if (contact.timeZone === "") customFields.timeZone = cut(said.timeZone, LONGEST_CUSTOM);
	}
	return contact;
}

type Said = { [Name in Field]?: string };

function cellsOf(cells: string[], fields: Columns["fields"], names: string[]) {
	const said: Said = {};
	const customFields: Record<string, string> = {};
	let size = 0;
	for (let column = 0; column < cells.length; column++) {
		const cell = (cells[column] ?? "").trim();
		if (cell === "") continue;
		const field = fields[column];
		if (field === "ignore") continue;
		size += cell.length;
		if (field === "tags" && said.tags !== undefined) said.tags += `;${cell}`;
		else if (field) said[field] = cell;
		else customFields[names[column] ?? `Column ${column + 1}`] = cut(cell, LONGEST_CUSTOM);
	}
	return { said, customFields, size };
}

const cut = (text: string | undefined, most: number) =>
	text === undefined ? "" : text.length > most ? text.slice(0, most).toWellFormed() : text;

/** Tags stand in one cell, parted by commas, semicolons or bars. */
function tagsIn(text: string): string[] {
	const tags = text.split(/[,;|]/).map((tag) => cut(tag.trim(), LONGEST_TAG));
	return [...new Set(tags.filter(Boolean))].sort().slice(0, MOST_TAGS);
}

/** A date in the past is when the person agreed; anything else is kept as it stands, since "yes" does not say when. */
function consentIn(contact: ReadContact, text: string): void {
	const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
	if (at > 0 && at <= Date.now()) contact.consentedAt = at;
	else contact.customFields.consent = cut(text, LONGEST_CUSTOM);
}

/** A whole name fills the parts that have no column of their own. */
function nameWhole(contact: ReadContact, name: string): void {
	const space = name.indexOf(" ");
	if (space > 0 && contact.firstName === "") contact.lastName ||= name.slice(space + 1).trimStart();
	contact.firstName ||= space > 0 ? name.slice(0, space) : name;
}

function numberIn({ phone, country: named }: Said, country: string | undefined) {
	if (phone === undefined) return "missing_number";
	const own = named === undefined ? undefined : codeOf(named);
	const number = readNumber(phone, own ?? country);
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
