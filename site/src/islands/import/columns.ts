import { api, said } from "../../lib/api";
import type { ColumnGuess } from "../../lib/wire";

export type Holds = ColumnGuess["columns"][number]["holds"];

/** What a column may hold, in the order in which it is offered. */
export const HOLDS: [Holds, string][] = [
	["phone", "Phone number"],
	["firstName", "First name"],
	["lastName", "Last name"],
	["name", "Whole name"],
	["company", "Company"],
	["email", "E-mail"],
	["timeZone", "Time zone"],
	["country", "Country"],
	["tags", "Tags"],
	["notes", "Notes"],
	["consent", "Date of consent"],
	["custom", "Own field"],
	["ignore", "Leave out"],
];

const SHARED: Holds[] = ["tags", "custom", "ignore"];
const LONGEST_CELL = 200;
const MOST_COLUMNS = 500;

/** What the server would take the columns for. */
export function guess(rows: string[][]): Promise<ColumnGuess> {
	const sample = rows.map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, LONGEST_CELL)));
	return said(api.imports.columns.$post({ json: { rows: sample } }));
}

/** The columns after one has been given another field; a field that only one column may have leaves the other. */
export function given(columns: Holds[], at: number, holds: Holds): Holds[] {
	return columns.map((old, place) =>
		place === at ? holds : old === holds && !SHARED.includes(holds) ? "custom" : old,
	);
}
