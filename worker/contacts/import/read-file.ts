import { Fault } from "../../errors";
import { type CsvRow, csvReader } from "../../pure/csv";
import { textOf } from "../../pure/csv-text";
import { countryCode } from "../../pure/phone";
import { type Columns, chosenColumns, guessColumns, type Mapping } from "./columns";
import { type ReadContact, readRow } from "./read-row";
import type { Reason } from "./reasons";

/** A row that cannot be used, with enough of it to mend it. */
export interface BadRow {
	line: number;
	reason: Reason;
	/** The cell that should have been a phone number. */
	value: string;
	cells: string[];
}

/** Some rows of a file, in order. */
export interface FilePiece {
	columns: Columns;
	rows: (ReadContact | BadRow)[];
}

const ROWS_TO_GUESS_FROM = 20;
const LONGEST_CELL_KEPT = 300;
const MOST_CELLS_KEPT = 60;

export const isBad = (row: ReadContact | BadRow): row is BadRow => "reason" in row;

/** How a file is to be read. */
export interface Reading {
	/** Where national numbers belong; without it, `ownCountry` is asked, once, when the first of them turns up. */
	country?: string | undefined;
	/** What its columns hold; without it, that is guessed. */
	mapping?: Mapping | undefined;
}

/** Reads a CSV file of contacts as it comes. Throws `invalid_input` when no column has phone numbers. */
export async function* readFile(
	bytes: AsyncIterable<Uint8Array>,
	{ country, mapping }: Reading,
	ownCountry: () => Promise<string | undefined>,
): AsyncGenerator<FilePiece> {
	let known = country === undefined ? undefined : countryCode(country);
	if (known === null) throw new Fault("invalid_input", "country: not a country that we know");
	let asked = country !== undefined;
	for await (const { columns, rows } of tableOf(bytes, mapping)) {
		const read: FilePiece["rows"] = [];
		for (const row of rows) {
			let found = readRow(row, columns, known);
			if (found === "needs_country" && !asked) {
				asked = true;
				known = await ownCountry();
				found = readRow(row, columns, known);
			}
			read.push(typeof found === "object" ? found : badRow(row, found, columns));
		}
		yield { columns, rows: read };
	}
}

/** The rows below the header, once enough of them are there to tell what the columns are. */
async function* tableOf(
	bytes: AsyncIterable<Uint8Array>,
	mapping: Mapping | undefined,
): AsyncGenerator<{ columns: Columns; rows: CsvRow[] }> {
	const reader = csvReader();
	let columns: Columns | null = null;
	let waiting: CsvRow[] = [];
	const begin = (): CsvRow[] => {
		const sample = waiting.slice(0, ROWS_TO_GUESS_FROM);
		columns = mapping ? chosenColumns(sample, mapping) : guessColumns(sample);
		if (!columns) throw new Fault("invalid_input", "file: no column with phone numbers was found");
		return columns.hasHeader ? waiting.slice(1) : waiting;
	};
	for await (const text of textOf(bytes)) {
		let rows = reader.push(text);
		if (!columns) {
			waiting = waiting.concat(rows);
			if (waiting.length < ROWS_TO_GUESS_FROM) continue;
			rows = begin();
			waiting = [];
		}
		if (columns) yield { columns, rows };
	}
	waiting = waiting.concat(reader.end());
	const rows = columns ? waiting : begin();
	if (columns) yield { columns, rows };
}

function badRow({ line, cells }: CsvRow, reason: Reason, { phone }: Columns): BadRow {
	const kept = cells.slice(0, MOST_CELLS_KEPT).map((cell) => cell.slice(0, LONGEST_CELL_KEPT));
	return { line, reason, value: (cells[phone] ?? "").slice(0, LONGEST_CELL_KEPT).trim(), cells: kept };
}
