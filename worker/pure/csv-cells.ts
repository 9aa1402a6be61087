/** A row's cells, and where the next one begins. */
export interface CutRow {
	cells: string[];
	/** Beyond the text's length when nothing ends the row but the text. */
	next: number;
}

/** Why a row's quotes make no cells of it: the last one is not closed in this text, or has something behind it. */
export type Broken = "unclosed" | "broken";

/** Cuts the row that begins at `at`. Lines end in LF; in quotes it stands for itself, and two quotes are one. */
export function cutRow(text: string, at: number, delimiter: string): CutRow | Broken {
	const cells: string[] = [];
	for (let from = at; ; ) {
		const cell = text[from] === '"' ? quotedCell(text, from, delimiter) : plainCell(text, from, delimiter);
		if (typeof cell === "string") return cell;
		cells.push(cell.text);
		if (text[cell.end] !== delimiter) return { cells, next: cell.end + 1 };
		from = cell.end + 1;
	}
}

/**
 * Cuts all rows of a text; without `last` those that a line break ends, and `end` is where the rest begins. Null when the quotes of a row
 * are broken.
 */
export function cutRows(text: string, delimiter: string, last: boolean): { rows: string[][]; end: number } | null {
	if (!text.includes('"')) {
		const end = last ? text.length : text.lastIndexOf("\n") + 1;
		const lines = end === 0 ? [] : text.slice(0, end).split("\n");
		if (!last) lines.pop();
		return { rows: lines.map((line) => line.split(delimiter)), end };
	}
	const rows: string[][] = [];
	let end = 0;
	while (end < text.length) {
		const row = cutRow(text, end, delimiter);
		if (!last && (row === "unclosed" || (row !== "broken" && row.next > text.length))) break;
		if (typeof row === "string") return null;
		rows.push(row.cells);
		end = row.next;
	}
	return { rows, end };
}

const DELIMITERS = [",", ";", "\t", "|"];
const ROWS_TO_GUESS_BY = 10;

/** The delimiter that cuts the first lines into the most even rows, and of several the one that finds more cells; a comma when there is only one column. */
export function guessDelimiter(text: string): string {
	let best = { delimiter: ",", unevenness: Number.POSITIVE_INFINITY, cells: 1 };
	for (const delimiter of DELIMITERS) {
		const widths = firstRows(text, delimiter).map(({ length }) => length);
		const unevenness = widths.reduce((sum, width, n) => sum + Math.abs(width - (widths[n - 1] ?? width)), 0);
		const cells = widths.reduce((sum, width) => sum + width, 0) / widths.length;
		if (unevenness <= best.unevenness && cells >= 2 && cells > best.cells) best = { delimiter, unevenness, cells };
	}
	return best.delimiter;
}

function firstRows(text: string, delimiter: string): string[][] {
	const rows: string[][] = [];
	for (let at = 0; at < text.length && rows.length < ROWS_TO_GUESS_BY; ) {
		const row = cutRow(text, at, delimiter);
		const end = text.indexOf("\n", at);
		const line = end === -1 ? text.length : end;
		const { cells, next } =
			typeof row === "string" ? { cells: text.slice(at, line).split(delimiter), next: line + 1 } : row;
		if (cells.some((cell) => cell.trim() !== "")) rows.push(cells);
		at = next;
	}
	return rows;
}

interface Cell {
	text: string;
	/** Where what ends it stands: the delimiter, a line break or nothing. */
	end: number;
}

function plainCell(text: string, from: number, delimiter: string): Cell {
	let end = from;
	while (end < text.length && text[end] !== delimiter && text[end] !== "\n") end++;
	return { text: text.slice(from, end), end };
}

function quotedCell(text: string, from: number, delimiter: string): Cell | Broken {
	for (let quote = text.indexOf('"', from + 1); quote !== -1; quote = text.indexOf('"', quote + 2)) {
		if (text[quote + 1] === '"') continue;
		const { text: behind, end } = plainCell(text, quote + 1, delimiter);
		if (behind.trim() !== "") return "broken";
		return { text: text.slice(from + 1, quote).replaceAll('""', '"'), end };
	}
	return "unclosed";
}
