import { describe, expect, it } from "vitest";
import { boundaryOf, partsOf } from "./multipart";

const BODY = [
	"a preamble that nobody reads",
	"--b",
	'Content-Disposition: form-data; name="userId"',
	"",
	"usr_1",
	"--b",
	'Content-Disposition: form-data; name="file"; filename="a \\"b\\" %22c%22.csv"',
	"Content-Type: text/csv",
	"",
	"phone\r\n--nob\r\n-\r\n--",
	"--b",
	'content-disposition: form-data; name="empty"',
	"",
	"",
	"--b--",
	"an epilogue",
].join("\r\n");

async function* inPieces(text: string, size: number) {
	const bytes = new TextEncoder().encode(text);
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size: number): Promise<[string, string | null, string][]> {
	const parts: [string, string | null, string][] = [];
	for await (const { name, filename, bytes } of partsOf(inPieces(text, size), "b")) {
		let content = "";
		for await (const chunk of bytes) content += new TextDecoder().decode(chunk);
		parts.push([name, filename, content]);
	}
	return parts;
}

describe("a multipart body", () => {
	it("gives its parts, in pieces of any size", async () => {
		for (const size of [1, 2, 3, 5, 7, 64, 10_000])
			expect(await read(BODY, size)).toEqual([
				["userId", null, "usr_1"],
				["file", 'a "b" "c".csv', "phone\r\n--nob\r\n-\r\n--"],
				["empty", null, ""],
			]);
	});

	it("may be read without its bytes", async () => {
		const names = [];
		for await (const { name } of partsOf(inPieces(BODY, 9), "b")) names.push(name);

		expect(names).toEqual(["userId", "file", "empty"]);
	});

	it("hands on what has come before it knows the end", async () => {
		const parts = partsOf(
			inPieces(`--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${"x".repeat(500)}`, 100),
			"b",
		);
		const { value: part } = await parts.next();

		const { value: first } = (await part?.bytes.next()) ?? {};

		expect(first?.length).toBeGreaterThan(0);
	});

	it.each([
		["is cut off in a part", BODY.slice(0, 120)],
		["is cut off before its end", BODY.slice(0, BODY.indexOf("--b--"))],
		["has no boundary", "hello"],
		["has a part without a name", "--b\r\n\r\nx\r\n--b--"],
		["has a head without an end", `--b\r\n${"x".repeat(20_000)}`],
	])("is refused when it %s", async (_, body) => {
		await expect(read(body, 50)).rejects.toThrow();
	});

	it("names its boundary", () => {
		expect(boundaryOf("multipart/form-data; boundary=abc")).toBe("abc");
		expect(boundaryOf('Multipart/Form-Data; charset=x; boundary="a b"')).toBe("a b");
		expect(boundaryOf("text/csv; boundary=abc")).toBeNull();
		expect(boundaryOf("multipart/form-data")).toBeNull();
	});
});
