import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../test/house";
import type { Contact } from "./inputs";

const NUMBER = "+14155552671";
const add = (account: TestAccount, input: object = {}) =>
	account.call("/api/contacts", { phoneNumber: NUMBER, ...input });
const added = async (account: TestAccount, input: object = {}) => (await add(account, input)).json<Contact>();
const change = (account: TestAccount, id: string, input: object) =>
	account.call(`/api/contacts/${id}`, input, { method: "PATCH" });
const read = (account: TestAccount, id: string) => account.call(`/api/contacts/${id}`);
const page = async (account: TestAccount, query = "") =>
	(await account.call(`/api/contacts${query}`)).json<{ items: Contact[]; nextCursor: string | null }>();
const tripsOf = (reply: Response) => Number(/(\d+) round trips/.exec(reply.headers.get("server-timing") ?? "")?.[1]);

describe("a list of contacts", () => {
	it("says of each what is said of it alone, to the letter", async () => {
		const account = await openAccount();
		await added(account);
		await added(account, {
			phoneNumber: "+442079460018",
			firstName: 'Zoë "Zed" \\ O\'Hara\n\u2028',
			lastName: "😀",
			notes: "{}[],:\t</script>",
			email: "zoe@example.com",
			timeZone: "Europe/London",
			customFields: { plan_name: null, seats: 3.5, "a.b": true, list: '["x"]' },
			tags: ["b", 'a"'],
			consentedAt: "1969-07-20T20:17:40.123+02:00",
		});
		await added(account, { phoneNumber: "+77172123456" }); // of several zones
		await added(account, { phoneNumber: "+19002345678" }); // barred
		await added(account, { phoneNumber: "+870773111632" }); // of no country

		const { items } = await page(account);

		expect(items).toHaveLength(5);
		for (const item of items) {
			const { suppressed, ...alone } = await (await read(account, item.id)).json<Contact & { suppressed: string[] }>();
			expect(item).toEqual(alone);
			expect(suppressed).toEqual([]);
		}
	});
});

describe("a contact", () => {
	it("reads a national number as the personal number of whoever says no country", async () => {
		const account = await openAccount();
		await env.DB.prepare("UPDATE users SET personal_e164 = '+442079460000', personal_national = ?1 WHERE id = ?2")
			.bind(account.userId, account.userId)
			.run();

		const given = await added(account, { phoneNumber: "020 7946 0958" });

		expect(given).toMatchObject({ phoneNumber: "+442079460958" });
	});

	it("is added with everything that is known", async () => {
		const account = await openAccount();

		const reply = await add(account, {
			user_id: account.userId,
			first_name: "Ann",
			last_name: "Lee",
			email: "ann@example.com",
			notes: "likes tea",
			time_zone: "europe/berlin",
			custom_fields: { plan_name: "Gold", seats: 3 },
		});

		expect([reply.status, tripsOf(reply)]).toEqual([201, 1]);
		const contact = await reply.json<Contact>();
		expect(contact).toEqual({
			barred: null,
			tags: [],
			consentedAt: null,
			id: expect.stringMatching(/^con_/),
			userId: account.userId,
			phoneNumber: NUMBER,
			formatted: "+1 415 555 2671",
			country: "US",
			zones: ["America/Los_Angeles"],
			timeZone: "Europe/Berlin",
			firstName: "Ann",
			lastName: "Lee",
			email: "ann@example.com",
			notes: "likes tea",
			customFields: { plan_name: "Gold", seats: 3 },
			createdAt: expect.stringMatching(/\.\d{3}Z$/),
			updatedAt: expect.stringMatching(/\.\d{3}Z$/),
		});
		expect(await (await read(account, contact.id)).json()).toEqual({ ...contact, suppressed: [] });
	});

	it("is read in the country given, or in the user's own", async () => {
		const account = await openAccount();
		await env.DB.prepare("UPDATE users SET country = 'DE' WHERE id = ?").bind(account.userId).run();

		const own = await added(account, { phoneNumber: "030 901820" });
		const given = await added(account, { phoneNumber: "(415) 555-2671", country: "United States" });

		expect([own.phoneNumber, given.phoneNumber]).toEqual(["+4930901820", NUMBER]);
	});

	it("exists once per number", async () => {
		const account = await openAccount();
		await add(account);

		const again = await add(account, { phoneNumber: "+1 (415) 555-2671" });

		expect([again.status, await again.json()]).toMatchObject([409, { code: "already_exists" }]);
		expect((await page(account)).items).toHaveLength(1);
	});

	it("changes in what is named, and moves with its number", async () => {
		const account = await openAccount();
		const { id } = await added(account, { firstName: "Ann", notes: "likes tea", timeZone: "UTC" });

		const reply = await change(account, id, { phone_number: "+81312345678", firstName: "Anna", timeZone: null });

		expect([reply.status, tripsOf(reply)]).toEqual([200, 1]);
		expect(await reply.json()).toMatchObject({
			id,
			phoneNumber: "+81312345678",
			country: "JP",
			zones: ["Asia/Tokyo"],
			firstName: "Anna",
			notes: "likes tea",
			timeZone: null,
		});
		await add(account);
		expect((await change(account, id, { phoneNumber: NUMBER })).status).toBe(409);
	});

	it("tells whether its person has asked for silence, and that outlives it", async () => {
		const account = await openAccount();
		const { id } = await added(account);
		await account.call("/api/do-not-call", { phoneNumber: NUMBER });

		const known = await (await read(account, id)).json();
		await account.call(`/api/contacts/${id}`, undefined, { method: "DELETE" });
		const again = await added(account);

		expect(known).toMatchObject({ suppressed: ["all"] });
		expect(await (await read(account, again.id)).json()).toMatchObject({ suppressed: ["all"] });
	});

	it("goes with its places on lists", async () => {
		const account = await openAccount();
		const list = await (await account.call("/api/contact-lists", { name: "A" })).json<{ id: string }>();
		const { id } = await added(account, { contactListIds: [list.id] });

		const gone = await account.call(`/api/contacts/${id}`, undefined, { method: "DELETE" });

		expect([gone.status, await gone.json()]).toEqual([200, { success: true }]);
		expect(await (await account.call(`/api/contact-lists/${list.id}`)).json()).toMatchObject({ contactCount: 0 });
		expect((await read(account, id)).status).toBe(404);
	});
});

describe("the contacts of an account", () => {
	const NUMBERS = ["+14155552671", "+14155552672", "+493012345678", "+442079460000"];
	async function withContacts() {
		const account = await openAccount();
		for (const phoneNumber of NUMBERS) await add(account, { phoneNumber });
		return account;
	}

	it("are paged, newest first", async () => {
		const account = await withContacts();

		const first = await page(account, "?limit=3");
		const second = await page(account, `?limit=3&cursor=${first.nextCursor}`);

		expect([...first.items, ...second.items].map(({ phoneNumber }) => phoneNumber)).toEqual([...NUMBERS].reverse());
		expect([first.items.length, second.nextCursor]).toEqual([3, null]);
	});

	it.each([
		["%2B1415", 2],
		["1 (415) 555-2672", 1],
		["+49", 1],
		["%2B7", 0],
		["", 4],
	])("are found by the beginning of their number: %s", async (search, count) => {
		const account = await withContacts();

		expect((await page(account, `?search=${search}`)).items).toHaveLength(count);
	});

	it.each([
		["mi", ["Mira Okafor", "Mirabel Ash"]],
		["MIRA OK", ["Mira Okafor"]],
		["oka", ["Mira Okafor"]],
		["ira", []],
		["%", []],
		["' OR 1=1 --", []],
	])("are found by the beginning of a name: %s", async (search, names) => {
		const account = await openAccount();
		await add(account, { phoneNumber: "+14155552671", firstName: "Mira", lastName: "Okafor" });
		await add(account, { phoneNumber: "+14155552672", firstName: "Mirabel", lastName: "Ash" });
		await add(account, { phoneNumber: "+14155552673" });
		await add(await openAccount(), { phoneNumber: "+14155552671", firstName: "Mira", lastName: "Okafor" });

		const { items } = await page(account, `?search=${encodeURIComponent(search)}`);

		expect(items.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).toEqual(names);
	});

	it("are paged in the order of their numbers when searched", async () => {
		const account = await withContacts();

		const first = await page(account, "?search=1&limit=1");
		const second = await page(account, `?search=1&limit=1&cursor=${first.nextCursor}`);

		expect([first, second].map(({ items }) => items[0]?.phoneNumber)).toEqual(["+14155552671", "+14155552672"]);
		expect(second.nextCursor).toBeNull();
	});

	it.each(["?limit=0", "?limit=101", "?limit=x", "?cursor=forged", `?search=${"a".repeat(61)}`])(
		"are not asked for by %s",
		async (query) => {
			const account = await openAccount();

			expect((await account.call(`/api/contacts${query}`)).status).toBe(422);
		},
	);
});

describe("at the door of contacts", () => {
	it.each([
		["no number", { phoneNumber: undefined }],
		["a number that is none", { phoneNumber: "12345" }],
		["a number of another type", { phoneNumber: 14155552671 }],
		["an unknown country", { country: "Narnia" }],
		["a zone that is none", { timeZone: "Mars/Phobos" }],
		["an address that is none", { email: "ann" }],
		["a long note", { notes: "x".repeat(5_001) }],
		["fields that are no record", { customFields: ["a"] }],
		["a field in a field", { customFields: { a: { b: 1 } } }],
		["a name of ours", { accountId: "usr_1" }],
		["a state of ours", { suppressed: [] }],
	])("%s is invalid", async (_, input) => {
		const account = await openAccount();

		expect((await add(account, input)).status).toBe(422);
		expect((await page(account)).items).toEqual([]);
	});

	it("what cannot be read is malformed, and another type is refused", async () => {
		const account = await openAccount();
		const post = (body: string, type: string) =>
			account.call("/api/contacts", body, { headers: { "content-type": type } });

		expect((await post("{", "application/json")).status).toBe(400);
		expect((await post("a=b", "application/x-www-form-urlencoded")).status).toBe(415);
	});

	it("contacts are for those who are signed in, and for their own", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const { id } = await added(account);
		const path = `/api/contacts/${id}`;

		for (const [method, at] of [
			["GET", "/api/contacts"],
			["POST", "/api/contacts"],
			["GET", path],
			["PATCH", path],
			["DELETE", path],
		] as const)
			expect((await knock(at, { method })).status).toBe(401);
		expect((await page(stranger)).items).toEqual([]);
		expect((await stranger.call(`/api/contacts?userId=${account.userId}`)).status).toBe(404);
		expect((await add(stranger, { userId: account.userId })).status).toBe(404);
		expect((await read(stranger, id)).status).toBe(404);
		expect((await change(stranger, id, { firstName: "X" })).status).toBe(404);
		expect((await stranger.call(path, undefined, { method: "DELETE" })).status).toBe(404);
		expect(await (await read(account, id)).json()).toMatchObject({ firstName: "" });
	});

	it("somebody else's list takes no contact of mine", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const list = await (await stranger.call("/api/contact-lists", { name: "A" })).json<{ id: string }>();

		expect((await add(account, { contactListIds: [list.id] })).status).toBe(404);
		expect((await page(account)).items).toEqual([]);
	});
});
