import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../../test/house";
import type { Contact } from "../inputs";
import type { ContactList } from "./inputs";

const open = (account: TestAccount, input: object = { name: "Customers" }) => account.call("/api/contact-lists", input);
const opened = async (account: TestAccount) => (await open(account)).json<ContactList>();
const read = (account: TestAccount, id: string) => account.call(`/api/contact-lists/${id}`);
const remove = (account: TestAccount, path: string) =>
	account.call(`/api/contact-lists/${path}`, undefined, { method: "DELETE" });
const members = async (account: TestAccount, id: string, query = "") =>
	(await account.call(`/api/contact-lists/${id}/contacts${query}`)).json<{
		items: Contact[];
		nextCursor: string | null;
	}>();
async function contact(account: TestAccount, phoneNumber: string): Promise<string> {
	return (await (await account.call("/api/contacts", { phoneNumber })).json<Contact>()).id;
}
const tripsOf = (reply: Response) => Number(/(\d+) round trips/.exec(reply.headers.get("server-timing") ?? "")?.[1]);

describe("a contact list", () => {
	it("is opened, listed as an array, renamed and removed", async () => {
		const account = await openAccount();

		const reply = await open(account, { user_id: account.userId, name: " Customers ", description: "All of them" });
		const list = await reply.json<ContactList>();
		const renamed = await account.call(`/api/contact-lists/${list.id}`, { name: "Friends" }, { method: "PATCH" });
		const all = await account.call(`/api/contact-lists?userId=${account.userId}`);
		const gone = await remove(account, list.id);

		expect(reply.status).toBe(201);
		expect(list).toEqual({
			id: expect.stringMatching(/^lst_/),
			userId: account.userId,
			name: "Customers",
			description: "All of them",
			contactCount: 0,
			lastImport: null,
			createdAt: expect.stringMatching(/\.\d{3}Z$/),
			updatedAt: expect.stringMatching(/\.\d{3}Z$/),
		});
		expect(await renamed.json()).toMatchObject({ name: "Friends", description: "All of them" });
		expect(await all.json()).toMatchObject([{ id: list.id, name: "Friends" }]);
		expect([gone.status, await gone.json()]).toEqual([200, { success: true }]);
		expect([reply, renamed, all, gone].map(tripsOf)).toEqual([1, 1, 1, 1]);
		expect((await read(account, list.id)).status).toBe(404);
	});

	it("counts its contacts as they come and go", async () => {
		const account = await openAccount();
		const { id } = await opened(account);
		const contactIds = [await contact(account, "+14155552671"), await contact(account, "+14155552672")];
		const path = `/api/contact-lists/${id}/contacts`;

		const both = await account.call(path, { contact_ids: [...contactIds, "con_nobody"] });
		const again = await account.call(path, { contactIds });
		const off = await remove(account, `${id}/contacts/${contactIds[0]}`);

		expect([both.status, await both.json()]).toMatchObject([200, { contactCount: 2 }]);
		expect(await again.json()).toMatchObject({ contactCount: 2 });
		expect([off.status, (await remove(account, `${id}/contacts/${contactIds[0]}`)).status]).toEqual([200, 404]);
		expect(await (await read(account, id)).json()).toMatchObject({ contactCount: 1 });
		expect((await members(account, id)).items.map((item) => item.id)).toEqual([contactIds[1]]);
		expect([both, off].map(tripsOf)).toEqual([1, 1]);
	});

	it("shows its contacts page by page", async () => {
		const account = await openAccount();
		const { id } = await opened(account);
		const contactIds = [];
		for (const last of [1, 2, 3]) contactIds.push(await contact(account, `+1415555267${last}`));
		await account.call(`/api/contact-lists/${id}/contacts`, { contactIds });

		const first = await members(account, id, "?limit=2");
		const second = await members(account, id, `?limit=2&cursor=${first.nextCursor}`);

		expect([...first.items, ...second.items].map((item) => item.id)).toEqual(contactIds);
		expect([first.items.length, second.nextCursor]).toEqual([2, null]);
	});

	it("leaves its contacts behind when it goes", async () => {
		const account = await openAccount();
		const { id } = await opened(account);
		const known = await contact(account, "+14155552671");
		await account.call(`/api/contact-lists/${id}/contacts`, { contactIds: [known] });

		await remove(account, id);

		expect((await account.call(`/api/contacts/${known}`)).status).toBe(200);
	});

	it.each([
		["draft", 200],
		["scheduled", 409],
		["running", 409],
		["paused", 409],
		["completed", 200],
		["cancelled", 200],
	])("goes while a campaign is %s: %d", async (status, expected) => {
		const account = await openAccount();
		const { id } = await opened(account);
		await env.DB.prepare(
			"INSERT INTO campaigns (id, account_id, title, status, contact_list_id, created_at, updated_at) VALUES (?1, ?2, 'Spring', ?3, ?4, 1, 1)",
		)
			.bind(`cmp_${id}`, account.accountId, status, id)
			.run();

		const reply = await remove(account, id);

		expect(reply.status).toBe(expected);
		if (expected === 409) expect(await reply.json()).toMatchObject({ error: expect.stringContaining("Spring") });
		expect((await read(account, id)).status).toBe(expected === 200 ? 404 : 200);
	});
});

describe("at the door of contact lists", () => {
	it.each([{}, { name: "" }, { name: "x".repeat(201) }, { name: 5 }, { name: "A", contactCount: 9 }])(
		"%j opens none",
		async (input) => {
			const account = await openAccount();

			expect((await open(account, input)).status).toBe(422);
		},
	);

	it.each([
		{},
		{ contactIds: [] },
		{ contactIds: "con_1" },
		{ contactIds: [5] },
		{ contactIds: Array(1_001).fill("con_1") },
	])("%j puts nobody on", async (input) => {
		const account = await openAccount();
		const { id } = await opened(account);

		expect((await account.call(`/api/contact-lists/${id}/contacts`, input)).status).toBe(422);
	});

	it("lists are for those who are signed in, and for their own", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const { id } = await opened(account);
		const theirs = await contact(stranger, "+14155552671");
		const path = `/api/contact-lists/${id}`;

		for (const [method, at] of [
			["GET", "/api/contact-lists"],
			["POST", "/api/contact-lists"],
			["GET", path],
			["PATCH", path],
			["DELETE", path],
			["GET", `${path}/contacts`],
			["POST", `${path}/contacts`],
			["DELETE", `${path}/contacts/${theirs}`],
			["POST", `${path}/import`],
			["GET", `${path}/imports`],
			["GET", `${path}/imports/imp_1`],
			["GET", `${path}/imports/imp_1/errors`],
			["GET", `${path}/imports/imp_1/errors.csv`],
		] as const)
			expect((await knock(at, { method })).status).toBe(401);
		expect(await (await stranger.call("/api/contact-lists")).json()).toEqual([]);
		expect((await stranger.call(`/api/contact-lists?userId=${account.userId}`)).status).toBe(404);
		expect((await read(stranger, id)).status).toBe(404);
		expect((await stranger.call(path, { name: "Mine" }, { method: "PATCH" })).status).toBe(404);
		expect((await remove(stranger, id)).status).toBe(404);
		expect((await stranger.call(`${path}/contacts`)).status).toBe(404);
		expect((await stranger.call(`${path}/contacts`, { contactIds: [theirs] })).status).toBe(404);
		expect((await account.call(`${path}/contacts`, { contactIds: [theirs] })).status).toBe(200);
		expect(await (await read(account, id)).json()).toMatchObject({ name: "Customers", contactCount: 0 });
	});
});
