import { describe, expect, it } from "vitest";
import { csvLine, csvReader } from "./csv";
import { textOf } from "./csv-text";

/** Reads `file` in pieces of `size` characters; each row as "line: cell|cell", with its problem behind. */
function read(file: string, size = file.length || 1): string[] {
	const reader = csvReader();
	const rows = [];
	// The first piece is whole enough to guess the delimiter from, as it is in an upload.
	for (let at = 0; at < file.length; at += size) rows.push(...reader.push(file.slice(at, at + size)));
	rows.push(...reader.end());
	return rows.map(({ line, cells, problem }) => `${line}: ${cells.join("|")}${problem ? ` !${problem}` : ""}`);
}

describe("a CSV file", () => {
	it("is read row by row, each with the line that it starts in", () => {
		expect(read("phone,name\n+1,Ann\n\n+2,Bo\n")).toEqual(["1: phone|name", "2: +1|Ann", "4: +2|Bo"]);
	});

	it.each([
		["LF", "\n"],
		["CRLF", "\r\n"],
		["CR", "\r"],
	])("may end its lines in %s", (_, newline) => {
		const file = ["a,b", '"1, 2","x\ny"', "3,4"].join(newline);

		expect(read(file)).toEqual(["1: a|b", "2: 1, 2|x\ny", "4: 3|4"]);
	});

	it.each([";", "\t", "|"])("may have %j between its cells", (delimiter) => {
		expect(read(`a${delimiter}b\n1${delimiter}"x${delimiter}y"\n2${delimiter}z`)).toEqual([
			"1: a|b",
			`2: 1|x${delimiter}y`,
			"3: 2|z",
		]);
	});

	it("reads the same in pieces of any size", () => {
		const file = 'a,b\r\n"1 ""one""","x\r\ny"\r\n\r\n3,"4\r\n5\r\n"\r\n6,7';
		const whole = read(file);

		expect(whole).toEqual(["1: a|b", '2: 1 "one"|x\ny', "5: 3|4\n5\n", "8: 6|7"]);
		for (let size = 4; size < file.length; size++) expect(read(file, size)).toEqual(whole);
	});

	it("leaves out blank rows and zero bytes", () => {
		expect(read("a\0,b\n,,\n  \n\t\n1,2")).toEqual(["1: a|b", "5: 1|2"]);
	});

	it("has nothing to say about nothing", () => {
		expect([read(""), read("\n"), read("\r\n\r\n")]).toEqual([[], [], []]);
	});
});

describe("a CSV file with broken quotes", () => {
	it("loses the row whose quote is never closed, and no other", () => {
		expect(read('phone,name\n+1,Ann\n"+2,Bo\n+3,Cy\n+4,"Di"\n')).toEqual([
			"1: phone|name",
			"2: +1|Ann",
			'3: "+2|Bo !broken_quotes',
			"4: +3|Cy",
			"5: +4|Di",
		]);
	});

	it("loses it at the end of the file, too", () => {
		expect(read('a,b\n1,2\n3,"4')).toEqual(["1: a|b", "2: 1|2", '3: 3|"4 !broken_quotes']);
	});

	it("keeps good cells of several lines beside the broken row", () => {
		expect(read('a,b\n1,"x\ny"\n2,"z" z\n3,"v\nw"\n')).toEqual([
			"1: a|b",
			"2: 1|x\ny",
			'4: 2|"z" z !broken_quotes',
			"5: 3|v\nw",
		]);
	});

	it("reads the same in pieces of any size", () => {
		const file = `a,b\n${'1,"x\ny"\n"2,z\n3,"v\nw"\n4,5\n'.repeat(3)}`;
		const whole = read(file);

		expect(whole.filter((row) => row.endsWith("!broken_quotes"))).toHaveLength(3);
		for (let size = 8; size < file.length; size += 3) expect(read(file, size)).toEqual(whole);
	});

	it("keeps a quote in the middle of a cell as it is", () => {
		expect(read('a,b\n1,5" pipe\n2,c')).toEqual(["1: a|b", '2: 1|5" pipe', "3: 2|c"]);
	});

	it("is given up on quotes after a thousand of them, so that its length decides how long it takes", () => {
		const rows = 20_000;
		const file = `phone,name\n${Array.from({ length: rows }, (_, i) => `${i},"never closed ${i}`).join("\n")}\n9,"good"\n`;

		const read_ = read(file, 65_536);

		expect(read_).toHaveLength(rows + 2);
		expect(read_.filter((row) => row.endsWith("!broken_quotes"))).toHaveLength(1_001);
		expect(read_.at(-1)).toBe("20002: 9|good");
	});
});

describe("a CSV file with a huge row", () => {
	const huge = "x".repeat(200_000);

	it.each([
		["a cell without a line break", `${huge}`],
		["a quoted cell", `"${huge}"`],
	])("reports it and reads on behind it: %s", (_, cell) => {
		const rows = read(`a,b\n1,2\n3,${cell}\n4,5\n`, 16_384);

		expect(rows.map((row) => row.slice(0, 4))).toEqual(["1: a", "2: 1", "3: 3", "4: 4"]);
		expect(rows[2]).toMatch(/!(row_too_long|broken_quotes)$/);
	});

	it("takes a quoted cell of very many lines for a quote that was never closed", () => {
		const rows = read(`a,b\n"${"line\n".repeat(20_000)}\n1,2\n`, 16_384);

		expect(rows[1]).toBe('2: "line !broken_quotes');
		expect(rows.at(-1)).toBe("20003: 1|2");
	});
});

describe("the text of a CSV file", () => {
	const TEXT = "phone,name\n+1,Zoë\n";
	const utf16 = (mark: number[], swap: boolean) => {
		const units = [...TEXT].flatMap((letter) => {
			const code = letter.charCodeAt(0);
			return swap ? [code >> 8, code & 255] : [code & 255, code >> 8];
		});
		return new Uint8Array([...mark, ...units]);
	};
	it.each([
		["UTF-8", new TextEncoder().encode(TEXT)],
		["UTF-8 with a byte order mark", new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(TEXT)])],
		["UTF-16, little end first", utf16([0xff, 0xfe], false)],
		["UTF-16, big end first", utf16([0xfe, 0xff], true)],
		["UTF-16 without a mark", utf16([], false)],
		["Windows-1252", Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0))],
	])("is understood in %s, however it is cut", async (_, bytes) => {
		async function* cut() {
			for (const byte of bytes) yield Uint8Array.of(byte);
		}
		let text = "";
		for await (const piece of textOf(cut())) text += piece;

		expect(text).toBe(TEXT);
	});
});

describe("a line of CSV that we write", () => {
	it("quotes what needs it", () => {
		expect(csvLine(["a", 1, null, 'say "hi"', "x,y", "two\nlines"])).toBe('a,1,,"say ""hi""","x,y","two\nlines"\r\n');
	});

	it.each(["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "=HYPERLINK(1)"])(
		"takes the power from a formula: %j",
		(formula) => {
			expect(csvLine([formula]).replace(/^"/, "")).toMatch(/^'/);
		},
	);

	it("leaves telephone numbers readable", () => {
		expect(csvLine(["+14155550100", "-5"])).toBe("+14155550100,-5\r\n");
	});
});
