import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Engine } from "../../dialing/engine";
import { draftCampaign, freshE164, zoneWhereItIsNoon } from "../../test/campaign";
import { fakeCarrier } from "../../test/fake-carrier";
import { house, knock, openAccount, type TestAccount } from "../../test/house";

const add = async (account: TestAccount, more: object = {}) =>
	(await (await account.call("/api/contacts", { phoneNumber: freshE164(), ...more })).json<{ id: string }>()).id;
async function segment(account: TestAccount, filter: object): Promise<string> {
	const reply = await account.call("/api/segments", { name: "Some", filter });
	expect(reply.status).toBe(201);
	return (await reply.json<{ id: string }>()).id;
}
async function peopleIn(account: TestAccount, filter: object): Promise<string[]> {
	const reply = await account.call(`/api/segments/${await segment(account, filter)}/contacts`);
	return (await reply.json<{ items: { firstName: string }[] }>()).items.map(({ firstName }) => firstName).sort();
}

describe("a segment", () => {
	it("holds whoever meets everything that it names", async () => {
		const account = await openAccount();
		const { id: list } = await (await account.call("/api/contact-lists", { name: "L" })).json<{ id: string }>();
		const ann = {
			firstName: "Ann",
			tags: ["vip", "new"],
			customFields: { plan: "Gold", seats: 3 },
			timeZone: "Europe/Berlin",
		};
		await add(account, { ...ann, consentedAt: "2026-01-01T00:00:00Z", contactListIds: [list] });
		await add(account, { firstName: "Ben", tags: ["vip"], customFields: { plan: "Silver" } });
		await add(account, { firstName: "Cid", phoneNumber: "+4930901820" });
		await add(await openAccount(), { ...ann, firstName: "Stranger" });

		expect(await peopleIn(account, {})).toEqual(["Ann", "Ben", "Cid"]);
		expect(await peopleIn(account, { tags: ["vip"] })).toEqual(["Ann", "Ben"]);
		expect(await peopleIn(account, { tags: ["new", "old"] })).toEqual(["Ann"]);
		expect(await peopleIn(account, { countries: ["DE"] })).toEqual(["Cid"]);
		expect(await peopleIn(account, { contactListIds: [list] })).toEqual(["Ann"]);
		expect(await peopleIn(account, { timeZones: ["Europe/Berlin"] })).toEqual(["Ann", "Cid"]);
		expect(await peopleIn(account, { hasConsent: true })).toEqual(["Ann"]);
		expect(await peopleIn(account, { hasConsent: false })).toEqual(["Ben", "Cid"]);
		expect(await peopleIn(account, { field: { name: "plan", value: "Gold" } })).toEqual(["Ann"]);
		expect(await peopleIn(account, { field: { name: "seats", value: "3" } })).toEqual(["Ann"]);
		expect(await peopleIn(account, { addedSince: "2999-01-01T00:00:00Z" })).toEqual([]);
		expect(await peopleIn(account, { tags: ["vip"], hasConsent: false })).toEqual(["Ben"]);
	});

	it("puts tags on many contacts at once, and takes them off", async () => {
		const account = await openAccount();
		const ids = [await add(account, { firstName: "Ann", tags: ["old"] }), await add(account, { firstName: "Ben" })];
		const stranger = await add(await openAccount());

		const reply = await account.call("/api/contacts/tags", {
			contactIds: [...ids, stranger],
			add: ["b", "a"],
			remove: ["old"],
		});

		expect(await reply.json()).toEqual({ contacts: 2 });
		const { items } = await (await account.call("/api/contacts")).json<{ items: { tags: string[] }[] }>();
		expect(items.map(({ tags }) => tags)).toEqual([
			["a", "b"],
			["a", "b"],
		]);
	});

	it("is whom a campaign calls, and what its preflight counts", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000_000 });
		const draft = await draftCampaign(account, { contacts: 5 });
		await env.DB.prepare("UPDATE contacts SET tags = '[\"vip\"]' WHERE e164 IN (?, ?)")
			.bind(draft.numbers[0], draft.numbers[3])
			.run();
		const segmentId = await segment(account, { tags: ["vip"] });
		await account.call(`/api/campaigns/${draft.id}`, { segmentId }, { method: "PATCH" });

		const flight = await (await account.call(`/api/campaigns/${draft.id}/preflight`)).json();
		await env.DB.prepare("UPDATE campaigns SET status = 'running' WHERE id = ?").bind(draft.id).run();
		const carrier = fakeCarrier();
		const journal = { note: () => {}, settle: () => {}, open: () => [] };
		await new Engine(house({ carrier }), draft.id, journal, 20).run(Date.now() + 20_000);

		expect(flight).toMatchObject({ people: 2, dialable: 2, missing: [], zones: [{ zones: [zoneWhereItIsNoon()] }] });
		expect(carrier.placed.map(({ to }) => to).sort()).toEqual([draft.numbers[0], draft.numbers[3]].sort());
		expect(await (await account.call(`/api/campaigns/${draft.id}`)).json()).toMatchObject({
			segmentId,
			contactListId: null,
		});
	});

	it("keeps a campaign from starting while nobody is in it, and stays while one needs it", async () => {
		const account = await openAccount({ balanceMicros: 1_000_000 });
		const draft = await draftCampaign(account);
		const segmentId = await segment(account, { tags: ["nobody"] });
		await account.call(`/api/campaigns/${draft.id}`, { segmentId }, { method: "PATCH" });

		const start = await account.call(`/api/campaigns/${draft.id}/start`, {});
		await env.DB.prepare("UPDATE campaigns SET status = 'paused' WHERE id = ?").bind(draft.id).run();
		const remove = () => account.call(`/api/segments/${segmentId}`, undefined, { method: "DELETE" });
		const needed = (await remove()).status;
		await account.call(`/api/campaigns/${draft.id}/cancel`, {});

		expect(await start.json()).toMatchObject({ details: [{ path: "contactListId" }] });
		expect([needed, (await remove()).status, (await remove()).status]).toEqual([409, 200, 404]);
	});

	it.each([
		["no name", { name: " ", filter: {} }],
		["a filter that is none", { name: "A", filter: { shout: true } }],
		["a country that is none", { name: "A", filter: { countries: ["us"] } }],
		["an empty list of tags", { name: "A", filter: { tags: [] } }],
	])("refuses %s", async (_, body) => {
		expect((await (await openAccount()).call("/api/segments", body)).status).toBe(422);
	});

	it("is nobody else's", async () => {
		const account = await openAccount();
		const id = await segment(account, {});
		const stranger = await openAccount();

		expect((await stranger.call(`/api/segments/${id}/contacts`)).status).toBe(404);
		expect((await stranger.call(`/api/segments/${id}`, { name: "Mine" }, { method: "PATCH" })).status).toBe(404);
		expect((await stranger.call("/api/campaigns", { title: "A", segmentId: id })).status).toBe(404);
		expect((await knock("/api/segments")).status).toBe(401);
	});
});
