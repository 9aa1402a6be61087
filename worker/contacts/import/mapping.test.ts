import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";
import type { Import, ImportReport } from "./inputs";

const NUMBERS = ["+14152340000", "+14152340001", "+14152340002"];

async function openList(account: TestAccount): Promise<string> {
	return (await (await account.call("/api/contact-lists", { name: "Customers" })).json<{ id: string }>()).id;
}
const post = (account: TestAccount, list: string, body: string, query: Record<string, string>) =>
	account.call(`/api/contact-lists/${list}/import?${new URLSearchParams(query)}`, undefined, {
		method: "POST",
		body,
		headers: { "content-type": "text/csv" },
	});
async function importing(account: TestAccount, list: string, body: string, query: Record<string, string> = {}) {
	const reply = await post(account, list, body, query);
	expect(reply.status).toBe(201);
	return reply.json<ImportReport>();
}
async function people(account: TestAccount) {
	const { items } = await (await account.call("/api/contacts")).json<{ items: Record<string, unknown>[] }>();
	return items.reverse().map(({ phoneNumber, firstName, lastName, customFields, tags }) => ({
		phoneNumber,
		name: `${firstName} ${lastName}`.trim(),
		customFields,
		tags,
	}));
}

describe("columns that somebody has named", () => {
	it("are read as said, whatever their headings are", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const file = `Office,Handy,A,B,Firma,Secret\n+14152349999,${NUMBERS[0]},Lee,Ann,Acme,x\n`;

		const report = await importing(account, list, file, {
			columns: "custom,phone,lastName,firstName,company,ignore",
			filename: "people.csv",
		});

		expect(report).toMatchObject({ rowsAdded: 1, filename: "people.csv" });
		expect(await people(account)).toEqual([
			{
				phoneNumber: NUMBERS[0],
				name: "Ann Lee",
				customFields: { Office: "+14152349999", company: "Acme" },
				tags: [],
			},
		]);
	});

	it("may stand without a heading, or under one that looks like a number", async () => {
		const account = await openAccount();
		const list = await openList(account);

		const first = await importing(account, list, `100200300,${NUMBERS[0]}\n1,${NUMBERS[1]}\n`, {
			columns: "custom,phone",
			header: "false",
		});
		const second = await importing(account, list, `555 0100,x\n${NUMBERS[2]},y\n`, {
			columns: "phone,notes",
			header: "true",
		});

		expect([first.rowsAdded, second.rowsAdded, second.rowsBad]).toEqual([2, 1, 0]);
	});

	it("mend bad rows as they were read", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const { importId } = await importing(account, list, "a,b,c\n12,Ann,+14152349999\n", {
			columns: "phone,firstName,ignore",
		});

		await account.call(`/api/contact-lists/${list}/imports/${importId}/mend`, {
			rows: [{ line: 2, phoneNumber: NUMBERS[0] }],
		});

		expect(await people(account)).toEqual([{ phoneNumber: NUMBERS[0], name: "Ann", customFields: {}, tags: [] }]);
	});

	it.each([
		["no phone", "firstName,lastName"],
		["two phones", "phone,phone"],
		["a word that is none", "phone,shoe size"],
		["two first names", "phone,firstName,firstName"],
	])("are refused with %s", async (_, columns) => {
		const account = await openAccount();

		expect((await post(account, await openList(account), "a,b\n", { columns })).status).toBe(422);
	});

	it("may be fewer than the file has, in a form too", async () => {
		const account = await openAccount();
		const form = new FormData();
		form.append("columns", "phone");
		form.append("file", new File([`tel,shoe\n${NUMBERS[0]},43\n`], "shoes.csv"));

		const reply = await account.call(`/api/contact-lists/${await openList(account)}/import`, form);

		expect(await reply.json()).toMatchObject({ rowsAdded: 1, filename: "shoes.csv" });
		expect(await people(account)).toMatchObject([{ customFields: { shoe: "43" } }]);
	});
});

describe("tags in a file", () => {
	it("are put to those that a contact has, and taken back with the import", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await account.call("/api/contacts", { phoneNumber: NUMBERS[0], tags: ["vip", "old"] });
		const file = `phone,Tags,Group\n${NUMBERS[0]},"new, vip",North\n${NUMBERS[1]},a;b|a,\n${NUMBERS[2]},,\n`;

		const { importId } = await importing(account, list, file);
		const after = (await people(account)).map(({ tags }) => tags);
		await account.call(`/api/contact-lists/${list}/imports/${importId}/undo`, {});

		expect(after).toEqual([["North", "new", "old", "vip"], ["a", "b"], []]);
		expect((await people(account)).map(({ tags }) => tags)).toEqual([["old", "vip"]]);
	});

	it("that are known already change nothing", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await importing(account, list, `phone,tags\n${NUMBERS[0]},vip\n`);
		const before = await (await account.call("/api/contacts")).json();

		await importing(account, list, `phone,tags\n${NUMBERS[0]},vip\n`);

		expect(await (await account.call("/api/contacts")).json()).toEqual(before);
	});
});

describe("what a file seems to hold", () => {
	const guess = (account: TestAccount, rows: string[][]) => account.call("/api/imports/columns", { rows });

	it("is told by its first rows, as an import would take it", async () => {
		const account = await openAccount();

		const reply = await guess(account, [
			["Vorname", "Telefon", "Firma", "Tags", "Shoe size"],
			["Ann", "+493090182000", "Acme", "vip", "43"],
		]);

		expect(await reply.json()).toEqual({
			header: true,
			columns: [
				{ name: "Vorname", holds: "firstName" },
				{ name: "Telefon", holds: "phone" },
				{ name: "Firma", holds: "company" },
				{ name: "Tags", holds: "tags" },
				{ name: "Shoe size", holds: "custom" },
			],
		});
	});

	it("may be no number anywhere, and rows may be of any length", async () => {
		const account = await openAccount();

		expect(await (await guess(account, [["a"], [], ["b", "c"]])).json()).toEqual({
			header: true,
			columns: [
				{ name: "a", holds: "custom" },
				{ name: "Column 2", holds: "custom" },
			],
		});
		expect((await guess(account, [])).status).toBe(422);
		expect((await knock("/api/imports/columns", { method: "POST", body: "{}" })).status).toBe(401);
	});
});

describe("bad rows of a kind", () => {
	const mend = async (account: TestAccount, { contactListId, importId }: Import, body: object) =>
		(await account.call(`/api/contact-lists/${contactListId}/imports/${importId}/mend`, body)).json<
			ImportReport & { mended: number; nextLine: number | null }
		>();

	it("are counted by reason, and lose their extensions at once", async () => {
		const account = await openAccount();
		const file = `phone\n${NUMBERS[0]} ext 5\n${NUMBERS[1]} x12\n12\n415 234 0002\n`;
		const before = await importing(account, await openList(account), file);

		const after = await mend(account, before, { reason: "has_extension", dropExtensions: true });

		expect(before.reasons.map(({ reason, count }) => [reason, count])).toEqual([
			["has_extension", 2],
			["invalid_number", 1],
			["needs_country", 1],
		]);
		expect(after).toMatchObject({ mended: 2, nextLine: null, rowsAdded: 2, rowsBad: 2, rowsKnown: 0 });
		expect(after.reasons.map(({ reason }) => reason).sort()).toEqual(["invalid_number", "needs_country"]);
		expect((await people(account)).map(({ phoneNumber }) => phoneNumber)).toEqual(NUMBERS.slice(0, 2));
	});

	it("are read again some thousands at a time, each once, also by two at once", async () => {
		const account = await openAccount();
		const rows = Array.from(
			{ length: 5_002 },
			(_, n) => `(415) 2${34 + Math.floor(n / 10_000)}-${String(n).padStart(4, "0")}`,
		);
		const before = await importing(account, await openList(account), `phone\n${rows.join("\n")}\n`);
		const wish = { reason: "needs_country", country: "US" };

		const [one, other] = await Promise.all([mend(account, before, wish), mend(account, before, wish)]);
		const rest = await mend(account, before, { ...wish, after: one.nextLine });

		expect([one.nextLine, other.nextLine]).toContain(5_001);
		expect(rest).toMatchObject({ nextLine: null, rowsBad: 0, rowsAdded: 5_002, rowsKnown: 0, reasons: [] });
	});
});

describe("past imports", () => {
	it("are listed newest first, page by page, with their lists and how long they can be taken back", async () => {
		const account = await openAccount();
		const list = await openList(account);
		for (const [at, number] of NUMBERS.entries())
			await importing(account, list, `phone\n${number}\n`, { filename: `${at}.csv` });

		const page = async (query: string) =>
			(await account.call(`/api/imports?limit=2${query}`)).json<{ items: Import[]; nextCursor: string | null }>();
		const first = await page("");
		const second = await page(`&cursor=${first.nextCursor}`);

		expect([first, second].map(({ items }) => items.map(({ filename }) => filename))).toEqual([
			["2.csv", "1.csv"],
			["0.csv"],
		]);
		expect(first.items[0]).toMatchObject({ listName: "Customers", undoUntil: expect.any(String), rowsAdded: 1 });
		expect(second.nextCursor).toBeNull();
	});

	it("are nobody else's", async () => {
		const account = await openAccount();
		await importing(account, await openList(account), `phone\n${NUMBERS[0]}\n`);

		expect(await (await (await openAccount()).call("/api/imports")).json()).toEqual({ items: [], nextCursor: null });
		expect((await knock("/api/imports")).status).toBe(401);
	});
});
