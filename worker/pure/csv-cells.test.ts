import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { cutRows, guessDelimiter } from "./csv-cells";

/** As Papa Parse cuts it; null when it complains of quotes. */
function known(text: string, delimiter: string): string[][] | null {
	const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\n" });
	return errors.some(({ type }) => type === "Quotes") ? null : data;
}

/** Texts of these letters, one after another as the digits of a number. */
function* texts(letters: string, upTo: number): Generator<string> {
	for (let length = 1; length <= upTo; length++)
		for (let n = 0; n < letters.length ** length; n++)
			yield Array.from({ length }, (_, at) => letters[Math.floor(n / letters.length ** at) % letters.length]).join("");
}

describe("rows of cells", () => {
	it("are those that Papa Parse finds, whatever the quotes", () => {
		const differing = [];
		for (const text of texts('a", \n', 7)) {
			if (/" +$/.test(text)) continue; // spaces behind the last quote of a file are nothing here, and an error there
			const found = cutRows(text, ",", true)?.rows ?? null;
			const expected = known(text, ",");
			// A line break at the end begins no row here.
			if (text.endsWith("\n") && expected?.at(-1)?.join() === "" && found?.length === expected.length - 1)
				expected.pop();
			if (JSON.stringify(found) !== JSON.stringify(expected)) differing.push({ text, found, expected });
		}

		expect(differing).toEqual([]);
	});

	it("are the same in two pieces, wherever the text is cut", () => {
		for (const text of ['a,"b\n""c"""\n\nd,e\n"f"', "a,b\nc\n\nd,e"])
			for (let cut = 0; cut <= text.length; cut++) {
				const first = cutRows(text.slice(0, cut), ",", false) ?? { rows: [], end: 0 };
				const rest = cutRows(text.slice(first.end), ",", true);

				expect([...first.rows, ...(rest?.rows ?? [])]).toEqual(cutRows(text, ",", true)?.rows);
			}
	});
});

describe("a guess at the delimiter", () => {
	it.each([
		[",", "a,b\nc,d"],
		[",", "one column\nand no other"],
		[";", "name;note\nAda;one, two\nBo;three"],
		["\t", "a\tb\tc\n1\t2\t3"],
		["|", 'a|"b;\n;"\n1|2'],
		[";", '"never closed;x\n1;2'],
		[",", ""],
	])("is %j", (delimiter, text) => expect(guessDelimiter(text)).toBe(delimiter));
});
