import Papa from "papaparse";

/** One row of a file: where it starts (1-based, in physical lines) and its cells; with a problem, what could be made of it. */
export interface CsvRow {
	line: number;
	cells: string[];
	problem?: "broken_quotes" | "row_too_long";
}

/** Reads a file that comes in pieces. Each call answers the rows that are complete by now, blank ones left out. */
export interface CsvReader {
	push(text: string): CsvRow[];
	end(): CsvRow[];
}

/** A row that goes on for longer than this is no contact; it is reported, and reading goes on behind it. */
const LONGEST_ROW = 65_536;
/** A cell of more lines than this, in a file whose quotes are broken, is taken for a quote that nobody closed. */
const MOST_LINES_IN_DOUBT = 50;
/** After so many broken rows quotes mean nothing in this file, and looking for their ends would only cost time. */
const MOST_BROKEN_ROWS = 1_000;

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * A reader for CSV of any dialect: delimiter by guess, LF, CRLF or CR, quoted cells with line breaks. A quote that is never closed
 * costs its own row and no other. Time is linear in the size of the file, memory in the size of a piece.
 */
export function csvReader(): CsvReader {
	return new Reader();
}

class Reader implements CsvReader {
	#parser: { parse(text: string, base: number, ignoreLast: boolean): Papa.ParseResult<string[]> } | undefined;
	#delimiter = ",";
	/** Text of a row that is not complete yet. */
	#rest = "";
	/** A CR at the end of a piece: its LF may be in the next. */
	#heldCr = "";
	#line = 1;
	#skipping = false;
	#broken = 0;

	push(text: string): CsvRow[] {
		return this.#read(this.#plain(text), false);
	}

	end(): CsvRow[] {
		const last = this.#heldCr ? "\n" : "";
		this.#heldCr = "";
		return this.#read(last, true);
	}

	/** The text with LF for every line break and without NUL, which no database keeps. */
	#plain(piece: string): string {
		let text = this.#heldCr + piece;
		this.#heldCr = "";
		if (text.includes("\r")) {
			if (text.endsWith("\r")) {
				this.#heldCr = "\r";
				text = text.slice(0, -1);
			}
			text = text.replace(/\r\n?/g, "\n");
		}
		return text.includes("\0") ? text.replaceAll("\0", "") : text;
	}

	#read(text: string, last: boolean): CsvRow[] {
		let buffer = this.#rest + text;
		this.#rest = "";
		if (this.#skipping) {
			const end = buffer.indexOf("\n");
			if (end === -1) return [];
			this.#skipping = false;
			this.#line++;
			buffer = buffer.slice(end + 1);
		}
		if (buffer === "") return [];
		if (!this.#parser) {
			this.#delimiter = guessDelimiter(buffer);
			this.#parser = new Papa.Parser({ delimiter: this.#delimiter, newline: "\n" });
		}
		if (this.#broken > MOST_BROKEN_ROWS) return this.#careful(buffer, last);
		const { data, errors, meta } = this.#parser.parse(buffer, 0, !last);
		if (errors.some(({ row }) => row !== undefined && row < data.length)) return this.#careful(buffer, last);
		const rows = this.#numbered(data, buffer.includes('"'));
		this.#rest = last ? "" : buffer.slice(meta.cursor);
		return this.#rest.length > LONGEST_ROW ? rows.concat(this.#careful(this.#rest, last)) : rows;
	}

	#numbered(data: string[][], quoted: boolean): CsvRow[] {
		const rows: CsvRow[] = [];
		for (const cells of data) {
			if (!isBlank(cells)) rows.push({ line: this.#line, cells });
			this.#line++;
			if (quoted) for (const cell of cells) this.#line += lineBreaks(cell);
		}
		return rows;
	}

	/** Line by line, for text with a row that is too long or has broken quotes: such a row is reported, the next one is good again. */
	#careful(buffer: string, last: boolean): CsvRow[] {
		const rows: CsvRow[] = [];
		let at = 0;
		while (at < buffer.length) {
			const end = lineEnd(buffer, at);
			if (end === -1 && !last) break;
			const found = this.#record(buffer, at, last);
			if (found === "unfinished") break;
			if (!isBlank(found.cells)) rows.push({ line: this.#line, ...found });
			this.#line += found.lines;
			at = found.next;
		}
		this.#rest = last ? "" : buffer.slice(at);
		if (this.#rest.length > LONGEST_ROW) {
			rows.push({ line: this.#line, cells: [this.#rest.slice(0, 200)], problem: "row_too_long" });
			this.#rest = "";
			this.#skipping = true;
		}
		return rows;
	}

	/** The row that starts at `at`: one line, or as many as its quotes hold together. */
	#record(buffer: string, at: number, last: boolean): Found | "unfinished" {
		const firstEnd = lineEnd(buffer, at) === -1 ? buffer.length : lineEnd(buffer, at);
		const firstLine = buffer.slice(at, firstEnd);
		const broken: Found = {
			cells: firstLine.slice(0, 1_000).split(this.#delimiter),
			next: firstEnd + 1,
			lines: 1,
			problem: "broken_quotes",
		};
		if (this.#broken > MOST_BROKEN_ROWS)
			return { cells: firstLine.split(this.#delimiter).map(unquoted), next: firstEnd + 1, lines: 1 };
		let end = firstEnd;
		for (let tries = 0; tries < MOST_LINES_IN_DOUBT; tries++) {
			const text = buffer.slice(at, end);
			const { data, errors } = this.#parser?.parse(text, 0, false) ?? { data: [], errors: [] };
			if (errors.length === 0) return { cells: data[0] ?? [], next: end + 1, lines: 1 + lineBreaks(text) };
			if (errors.some(({ code }) => code === "InvalidQuotes")) break;
			const quote = buffer.indexOf('"', end);
			const quoteEnd = quote === -1 ? -1 : lineEnd(buffer, quote);
			if (quoteEnd === -1 && !last && buffer.length - at <= LONGEST_ROW) return "unfinished";
			if (quote === -1 || quote - at > LONGEST_ROW) break;
			end = quoteEnd === -1 ? buffer.length : quoteEnd;
		}
		this.#broken++;
		return broken;
	}
}

interface Found {
	cells: string[];
	next: number;
	lines: number;
	problem?: "broken_quotes";
}

/** The delimiter that cuts the first lines into the most even rows; a comma when there is only one column. */
function guessDelimiter(text: string): string {
	return Papa.parse(text.slice(0, LONGEST_ROW), { preview: 10, delimitersToGuess: DELIMITERS }).meta.delimiter;
}

const lineEnd = (text: string, from: number) => text.indexOf("\n", from);
const isBlank = (cells: string[]) => cells.every((cell) => cell === "" || cell.trim() === "");
const unquoted = (cell: string) => cell.replace(/^\s*"(.*)"\s*$/, "$1").replaceAll('""', '"');

function lineBreaks(text: string): number {
	let count = 0;
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
	return count;
}

/** One line of a CSV file that a spreadsheet opens without running any of it: what could be a formula gets an apostrophe before it. */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map((cell) => csvCell(String(cell ?? ""))).join(",")}\r\n`;
}

function csvCell(text: string): string {
	// A plain number in E.164, or a negative one, is what it seems to be.
	const safe = /^[=+\-@\t\r\0]/.test(text) && !/^[+-]\d[\d.]*$/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
