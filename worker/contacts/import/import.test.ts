import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openAccount, type TestAccount } from "../../test/house";

interface Report {
	importId: string;
	status: string;
	rowsRead: number;
	rowsAdded: number;
	rowsKnown: number;
	rowsBad: number;
	errors: { line: number; reason: string; value: string; message: string; cells: string[] }[];
}

async function openList(account: TestAccount): Promise<string> {
	const { id } = await (await account.call("/api/contact-lists", { name: "Customers" })).json<{ id: string }>();
	return id;
}

const csv = (body: BodyInit): RequestInit => ({ method: "POST", body, headers: { "content-type": "text/csv" } });
const send = (account: TestAccount, list: string, body: BodyInit, query = "") =>
	account.call(`/api/contact-lists/${list}/import${query}`, undefined, csv(body));
async function importing(account: TestAccount, list: string, body: BodyInit, query = ""): Promise<Report> {
	const reply = await send(account, list, body, query);
	expect(reply.status).toBe(201);
	return reply.json<Report>();
}
async function contactsOf(account: TestAccount): Promise<Record<string, unknown>[]> {
	const { results } = await env.DB.prepare("SELECT * FROM contacts WHERE account_id = ? ORDER BY e164")
		.bind(account.accountId)
		.all();
	return results;
}
const numbersOf = async (account: TestAccount) => (await contactsOf(account)).map(({ e164 }) => e164);
const tripsOf = (reply: Response) => Number(/(\d+) round trips/.exec(reply.headers.get("server-timing") ?? "")?.[1]);

/** A file of `count` good numbers, made as it is read. */
function bigFile(count: number, rowOf = (n: number) => `+1415555${n},Ann ${n}`): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let made = 0;
	return new ReadableStream({
		pull(controller) {
			let text = made === 0 ? "phone,name\n" : "";
			for (const until = Math.min(made + 500, count); made < until; made++) text += `${rowOf(made)}\n`;
			controller.enqueue(encoder.encode(text));
			if (made >= count) controller.close();
		},
	});
}
/** Valid numbers in San Francisco and beyond: area code, then a subscriber that never starts with 0, 1 or 5. */
const areas = [415, 212, 312, 202, 305, 404, 617, 713, 206, 303];
const american = (n: number) => `+1${areas[n % 10]}${2_340_000 + Math.floor(n / 10)}`;

describe("importing a file of contacts", () => {
	it("reads every column that it knows, and keeps the others as custom fields", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const file = [
			"First Name;Last Name;Phone Number;E-Mail;Notes;Country;Time Zone;Plan",
			'Zoë;Müller;030 901820;zoe@example.com;"says ""hi""; often";Germany;europe/berlin;Gold',
		].join("\r\n");

		const report = await importing(account, list, `\uFEFF${file}`);

		expect(report).toMatchObject({ status: "done", rowsRead: 1, rowsAdded: 1, rowsKnown: 0, rowsBad: 0, errors: [] });
		expect(await contactsOf(account)).toEqual([
			expect.objectContaining({
				e164: "+4930901820",
				country: "DE",
				zones: "Europe/Berlin",
				first_name: "Zoë",
				last_name: "Müller",
				email: "zoe@example.com",
				notes: 'says "hi"; often',
				time_zone: "Europe/Berlin",
				custom_fields: '{"Plan":"Gold"}',
			}),
		]);
	});

	it.each([
		["the country of the query", "?country=DE", {}],
		["the owner's own country", "", { country: "DE" }],
	])("reads national numbers in %s", async (_, query, { country = null }: { country?: string | null }) => {
		const account = await openAccount();
		await env.DB.prepare("UPDATE users SET country = ? WHERE id = ?").bind(country, account.userId).run();

		await importing(account, await openList(account), "phone\n030 901820\n+14155552671\n", query);

		expect(await numbersOf(account)).toEqual(["+14155552671", "+4930901820"]);
	});

	it("puts the name into its parts, and does without a header", async () => {
		const account = await openAccount();
		const list = await openList(account);

		await importing(account, list, "name,mobile\nAnn Mary Lee,+14155552671\n");
		await importing(account, list, "+14155552672,Bo,bo@example.com\n+14155552673,Cy,cy@example.com\n");

		expect((await contactsOf(account)).map((c) => [c.first_name, c.last_name, c.email])).toEqual([
			["Ann", "Mary Lee", ""],
			["Bo", "", "bo@example.com"],
			["Cy", "", "cy@example.com"],
		]);
	});

	it("takes a file in a form, its country before it", async () => {
		const account = await openAccount();
		const form = new FormData();
		form.append("user_id", account.userId);
		form.append("country", "GB");
		form.append("file", new File(["tel\n020 7946 0000\n"], "people.csv", { type: "text/csv" }));

		const reply = await account.call(`/api/contact-lists/${await openList(account)}/import`, form);

		expect(reply.status).toBe(201);
		expect(await numbersOf(account)).toEqual(["+442079460000"]);
	});

	it("counts what it knows, in this file or from before, and adds what is new to say", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await importing(account, list, "phone,first name,notes\n+14155552671,Ann,likes tea\n");

		const report = await importing(
			account,
			list,
			"phone,first name,notes\n(415) 555-2671,Anna,\n+14155552672,Bo,\n1-415-555-2672,,\n",
			"?country=US",
		);

		expect(report).toMatchObject({ rowsRead: 3, rowsAdded: 1, rowsKnown: 2, rowsBad: 0 });
		expect((await contactsOf(account)).map((c) => [c.e164, c.first_name, c.notes])).toEqual([
			["+14155552671", "Anna", "likes tea"],
			["+14155552672", "Bo", ""],
		]);
	});

	it("does not wake those who said stop", async () => {
		const account = await openAccount();
		const list = await openList(account);
		await importing(account, list, "phone\n+14155552671\n");
		await env.DB.prepare(
			"INSERT INTO consent_events (account_id, e164, action, source, created_at) VALUES (?, '+14155552671', 'stop', 'keypress', 1)",
		)
			.bind(account.accountId)
			.run();

		await importing(account, list, "phone\n+14155552671\n");

		const left = await env.DB.prepare("SELECT count(*) AS n FROM suppressions WHERE account_id = ?")
			.bind(account.accountId)
			.first();
		expect(left).toEqual({ n: 1 });
	});
});

describe("rows that cannot be used", () => {
	it("are reported with line, reason and value, and cost no good row", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const file = [
			"phone,name",
			"+14155552671,Good",
			",Nobody",
			"12345,Short",
			"1.41556E+10,Excel",
			"415-555-2672,No country",
			"+14155552673 ext 5,Extension",
			'"+14155552674,Open quote',
			`+14155552675,${"x".repeat(70_000)}`,
			"=cmd|' /C calc'!A0,Formula",
			"+999123456789,Nowhere",
			"abc,Letters",
			"",
			'"+14155552676","Good\nin two lines"',
			"tel:+14155552677\0,Good",
			'="+14155552678",Good',
			"00442079460000,Good",
		].join("\n");

		const report = await importing(account, list, file);

		expect(report.errors.map(({ line, reason, value }) => [line, reason, value])).toEqual([
			[3, "missing_number", ""],
			[4, "invalid_number", "12345"],
			[5, "scientific_notation", "1.41556E+10"],
			[6, "needs_country", "415-555-2672"],
			[7, "has_extension", "+14155552673 ext 5"],
			[8, "broken_quotes", '"+14155552674'],
			[9, "row_too_long", "+14155552675"],
			[10, "invalid_number", "=cmd|' /C calc'!A0"],
			[11, "invalid_number", "+999123456789"],
			[12, "invalid_number", "abc"],
		]);
		expect(report).toMatchObject({ rowsRead: 15, rowsAdded: 5, rowsBad: 10, rowsKnown: 0 });
		expect(await numbersOf(account)).toEqual([
			"+14155552671",
			"+14155552676",
			"+14155552677",
			"+14155552678",
			"+442079460000",
		]);
	});

	it("can be read page by page, and taken away as a file that no spreadsheet runs", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const { importId } = await importing(account, list, "phone,name\nx1,=1+1\nx2,B\nx3,C\n");
		const path = `/api/contact-lists/${list}/imports/${importId}/errors`;

		const first = await (await account.call(`${path}?limit=2`)).json<{
			items: { line: number }[];
			nextCursor: string;
		}>();
		const second = await (await account.call(`${path}?limit=2&cursor=${first.nextCursor}`)).json<typeof first>();
		const file = await account.call(`${path}.csv`);

		expect([first, second].map(({ items }) => items.map(({ line }) => line))).toEqual([[2, 3], [4]]);
		expect(second.nextCursor).toBeNull();
		expect(file.headers.get("content-type")).toContain("text/csv");
		expect((await file.text()).split("\r\n").slice(0, 3)).toEqual([
			"phone,name,Line,Reason",
			"x1,'=1+1,2,This is not a valid phone number",
			"x2,B,3,This is not a valid phone number",
		]);
	});
});

describe("files that cannot be used", () => {
	it.each([
		["nothing", "", 422],
		["a header only, without a number column", "a,b\n", 422],
		["no column with numbers", "name,town\nAnn,Rome\nBo,Oslo\n", 422],
	])("%s", async (_, body, status) => {
		const account = await openAccount();

		expect((await send(account, await openList(account), body)).status).toBe(status);
	});

	it("another type, a country that is none, a form without a file, with two, or cut off", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const path = `/api/contact-lists/${list}/import`;
		const twice = new FormData();
		for (const name of ["a.csv", "b.csv"]) twice.append("file", new File(["phone\n+14155552671\n"], name));
		const late = new FormData();
		late.append("file", new File(["phone\n+14155552671\n"], "a.csv"));
		late.append("country", "DE");
		const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nphone\n+14155552671\n';

		const statuses = [
			await account.call(path, { phone: "+14155552671" }),
			await send(account, list, "phone\n1", "?country=Narnia"),
			await account.call(path, new FormData()),
			await account.call(path, twice),
			await account.call(path, late),
			await account.call(path, cut, { headers: { "content-type": "multipart/form-data; boundary=b" } }),
		].map(({ status }) => status);

		expect(statuses).toEqual([415, 422, 422, 422, 422, 400]);
		expect(await contactsOf(account)).toEqual([]);
	});

	it("somebody else's list is not there", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const list = await openList(account);

		expect((await send(stranger, list, "phone\n+14155552671\n")).status).toBe(404);
		expect((await send(account, list, "phone\n+14155552671\n", `?userId=${stranger.userId}`)).status).toBe(404);
		for (const path of ["imports", "imports/imp_1", "imports/imp_1/errors", "imports/imp_1/errors.csv"])
			expect((await stranger.call(`/api/contact-lists/${list}/${path}`)).status).toBe(404);
		expect(await contactsOf(stranger)).toEqual([]);
	});
});

describe("a large file", () => {
	it("of 100,000 rows comes in whole, in one round trip per 10,000", async () => {
		const account = await openAccount();
		const list = await openList(account);

		const reply = await send(
			account,
			list,
			bigFile(100_000, (n) => `${american(n)},Ann ${n}`),
		);

		expect(await reply.json()).toMatchObject({ status: "done", rowsRead: 100_000, rowsAdded: 100_000, rowsBad: 0 });
		expect(tripsOf(reply)).toBeLessThanOrEqual(11);
		const { contactCount } = await (await account.call(`/api/contact-lists/${list}`)).json<{ contactCount: number }>();
		expect(contactCount).toBe(100_000);
	});

	it("of bad rows is counted in full, and its first hundred are answered", async () => {
		const account = await openAccount();
		const list = await openList(account);

		const report = await importing(
			account,
			list,
			bigFile(20_500, (n) => (n === 20_400 ? american(1) : `bad ${n}`)),
		);

		expect(report).toMatchObject({ rowsRead: 20_500, rowsAdded: 1, rowsBad: 20_499 });
		expect(report.errors).toHaveLength(100);
	});

	it("that is cut off leaves an import that failed, and sent again ends with the same list", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const file = Array.from({ length: 12_000 }, (_, n) => american(n)).join("\n");
		const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
		const form = { headers: { "content-type": "multipart/form-data; boundary=b" } };
		const path = `/api/contact-lists/${list}/import`;

		const cut = await account.call(path, `${head}phone\n${file.slice(0, 11_000 * 13)}`, form);
		const half = await (await account.call(`/api/contact-lists/${list}`)).json();
		const whole = await importing(account, list, `phone\n${file}\n`);

		expect(cut.status).toBe(400);
		expect(half).toMatchObject({ lastImport: { status: "failed" }, contactCount: 10_000 });
		expect(whole).toMatchObject({ status: "done", rowsRead: 12_000, rowsAdded: 2_000, rowsKnown: 10_000 });
		const imports = await (await account.call(`/api/contact-lists/${list}/imports`)).json<Report[]>();
		expect(imports.map(({ status }) => status)).toEqual(["done", "failed"]);
	});

	it("may come twice at the same time", async () => {
		const account = await openAccount();
		const list = await openList(account);
		const file = `phone\n${Array.from({ length: 11_000 }, (_, n) => american(n)).join("\n")}\n`;

		const reports = await Promise.all([importing(account, list, file), importing(account, list, file)]);

		expect(await numbersOf(account)).toHaveLength(11_000);
		expect(reports.map(({ rowsRead, rowsBad }) => [rowsRead, rowsBad])).toEqual([
			[11_000, 0],
			[11_000, 0],
		]);
		expect(reports.map(({ rowsAdded }) => rowsAdded).reduce((a, b) => a + b)).toBe(11_000);
	});
});
