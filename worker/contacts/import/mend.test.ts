import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";

const FILE = [
	"name,phone,plan",
	"Ann,415 234 0000,Gold", // needs a country
	"Ben,+14152340001,Gold",
	"Cid,415 234 0002,Silver",
	"Dee,12,Gold", // no number at all
].join("\n");

interface Imported {
	list: string;
	id: string;
	rowsBad: number;
	errors: { line: number; reason: string }[];
}

async function imported(account: TestAccount): Promise<Imported> {
	const { id: list } = await (await account.call("/api/contact-lists", { name: "C" })).json<{ id: string }>();
	const reply = await account.call(`/api/contact-lists/${list}/import`, undefined, {
		method: "POST",
		body: FILE,
		headers: { "content-type": "text/csv" },
	});
	const report = await reply.json<{ importId: string; rowsBad: number; errors: Imported["errors"] }>();
	return { list, id: report.importId, rowsBad: report.rowsBad, errors: report.errors };
}
const mend = (account: TestAccount, { list, id }: Imported, body: object) =>
	account.call(`/api/contact-lists/${list}/imports/${id}/mend`, body);
async function peopleOn(account: TestAccount, { list }: Imported) {
	const { items } = await (await account.call(`/api/contact-lists/${list}/contacts`)).json<{
		items: { phoneNumber: string; firstName: string; customFields: object }[];
	}>();
	return items.map(({ phoneNumber, firstName, customFields }) => [phoneNumber, firstName, customFields]).sort();
}

describe("mending the bad rows of an import", () => {
	it("fixes all rows with one reason by a country", async () => {
		const account = await openAccount();
		const before = await imported(account);
		expect(before.rowsBad).toBe(3);

		const reply = await mend(account, before, { reason: "needs_country", country: "US" });

		expect(await reply.json()).toMatchObject({ mended: 2, rowsAdded: 3, rowsBad: 1, errors: [{ line: 5 }] });
		expect(await peopleOn(account, before)).toEqual([
			["+14152340000", "Ann", { plan: "Gold" }],
			["+14152340001", "Ben", { plan: "Gold" }],
			["+14152340002", "Cid", { plan: "Silver" }],
		]);
	});

	it("fixes one row by another number, and keeps one that is still wrong", async () => {
		const account = await openAccount();
		const before = await imported(account);

		const reply = await mend(account, before, {
			rows: [
				{ line: 5, phoneNumber: "+14152340009" },
				{ line: 2, phoneNumber: "13" },
				{ line: 99, phoneNumber: "+14152340008" },
			],
		});

		expect(await reply.json()).toMatchObject({ mended: 1, rowsAdded: 2, rowsBad: 2 });
		expect(await peopleOn(account, before)).toContainEqual(["+14152340009", "Dee", { plan: "Gold" }]);
	});

	it("mends a row once, and takes the mended back with the import", async () => {
		const account = await openAccount();
		const before = await imported(account);
		const again = { rows: [{ line: 5, phoneNumber: "+14152340009" }] };

		await mend(account, before, again);
		expect(await (await mend(account, before, again)).json()).toMatchObject({ mended: 0, rowsAdded: 2 });
		await account.call(`/api/contact-lists/${before.list}/imports/${before.id}/undo`, {});

		expect(await peopleOn(account, before)).toEqual([]);
		const { items } = await (await account.call("/api/contacts")).json<{ items: unknown[] }>();
		expect(items).toEqual([]);
		expect((await mend(account, before, again)).status).toBe(409);
	});

	it.each([
		["nothing named", {}],
		["both named", { reason: "needs_country", rows: [{ line: 2, phoneNumber: "1" }] }],
		["no row", { rows: [] }],
		["a country that is none", { reason: "needs_country", country: "Atlantis" }],
	])("refuses %s", async (_, body) => {
		const account = await openAccount();

		expect((await mend(account, await imported(account), body)).status).toBe(422);
	});

	it("is nobody else's", async () => {
		const account = await openAccount();
		const before = await imported(account);
		const body = { reason: "needs_country", country: "US" };

		expect((await mend(await openAccount(), before, body)).status).toBe(404);
		const path = `/api/contact-lists/${before.list}/imports/${before.id}/mend`;
		expect((await knock(path, { method: "POST", body: JSON.stringify(body) })).status).toBe(401);
		expect(await peopleOn(account, before)).toHaveLength(1);
	});
});
