import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { observeStatements } from "../db/client";
import { openMember } from "../test/access-matrix.people";
import { freshNumbers } from "../test/fake-carrier";
import { knock, openAccount, type TestAccount } from "../test/house";
import { Batch, Channel, OfferedNumber, PhoneNumber } from "./inputs";

const Offers = z.array(OfferedNumber).min(1);
const Numbers = z.array(PhoneNumber);

async function offersIn(account: TestAccount, query: string) {
	return Offers.parse(await (await account.call(`/api/phone-numbers/search?${query}`)).json());
}

/** An account with money and one bought number. */
async function owner() {
	const account = await openAccount({ balanceMicros: 50_000_000 });
	const [offer] = await offersIn(account, "country=US");
	const bought = await account.call("/api/phone-numbers/purchase", {
		number: offer?.number,
		label: "Front desk",
		city: offer?.city,
		state: offer?.state,
		country: "US",
		monthlyPrice: offer?.monthlyPrice,
	});
	return { account, number: PhoneNumber.parse(await bought.json()) };
}

describe("searching for numbers", () => {
	it("shows what is for sale with its price, in one round trip", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/phone-numbers/search?country=United%20States&areaCode=415&limit=5");

		const offers = Offers.parse(await reply.json());
		expect(offers.length).toBeLessThanOrEqual(5);
		expect(offers.every(({ number, monthlyPrice }) => number.startsWith("+1415") && monthlyPrice === 1.15)).toBe(true);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});

	it.each(["type=tollfree", "type=mobile&country=GB", "sms=true&voice=true", "contains=55"])("by %s", async (query) => {
		const account = await openAccount();

		const offers = await offersIn(account, query.includes("country") ? query : `country=US&${query}`);

		expect(offers.every(({ price, monthlyPrice }) => price.amountMicros === Math.round(monthlyPrice * 1e6))).toBe(true);
	});

	it.each([
		"",
		"country=XX",
		"country=Atlantis",
		"country=US&limit=0",
		"country=US&limit=101",
		"country=US&type=fax",
		"country=US&areaCode='",
		"country=US&sms=maybe",
	])("does not accept ?%s", async (query) => {
		const account = await openAccount();

		expect((await account.call(`/api/phone-numbers/search?${query}`)).status).toBe(422);
	});
});

describe("owning numbers", () => {
	it("answers a purchase with 201 and the number as the contract prints it", async () => {
		const { account, number } = await owner();

		expect(number).toMatchObject({
			userId: account.userId,
			label: "Front desk",
			country: "US",
			isActive: true,
			monthlyPrice: 1.15,
			assignedTo: null,
			provider: "simulated",
			assistantId: null,
			routing: null,
			formatted: expect.stringMatching(/^\+1 \d{3} \d{3} \d{4}$/),
		});
		expect(number.capabilities).toEqual(expect.arrayContaining(["Voice"]));
		expect(number.purchaseDate).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
	});

	it("takes snake_case too", async () => {
		const account = await openAccount({ balanceMicros: 50_000_000 });
		const [offer] = await offersIn(account, "country=US&areaCode=212");

		const reply = await account.call("/api/phone-numbers/purchase", {
			number: offer?.number,
			monthly_price: 1.15,
			user_id: account.userId,
		});

		expect(reply.status).toBe(201);
	});

	it("says what a purchase lacks: money 402, a free number 409, the right price 409, an own account 404", async () => {
		const { account, number } = await owner();
		const poor = await openAccount();
		const buy = (who: TestAccount, body: Record<string, unknown>) => who.call("/api/phone-numbers/purchase", body);
		const [offer] = await offersIn(account, "country=US&areaCode=646");

		const replies = [
			await buy(poor, { number: offer?.number }),
			await buy(account, { number: number.number }),
			await buy(account, { number: offer?.number, monthlyPrice: 0.5 }),
			await buy(account, { number: offer?.number, userId: poor.userId }),
		];

		expect(replies.map(({ status }) => status)).toEqual([402, 409, 409, 404]);
		expect(await replies[2]?.json()).toMatchObject({
			code: "price_changed",
			details: [{ path: "monthlyPrice", message: "1.15" }],
		});
		expect(await account.balance()).toEqual({ available: 50_000_000 - 1_150_000, held: 0 });
	});

	it.each([
		{ number: "4155550123" },
		{ number: "+1415" },
		{ number: 14155550123 },
		{},
		{ number: "+14155550123", monthlyPrice: -5 },
		{ number: "+14155550123", monthlyPrice: "1" },
		{ number: "+14155550123", monthlyPrice: 1e308 },
		{ number: "+14155550123", country: "Atlantis" },
		{ number: "+14155550123", label: "x".repeat(10_000) },
		{ number: "+14155550123", isActive: true },
		{ number: "+14155550123", accountId: "usr_1" },
	])("does not accept purchase %#", async (body) => {
		const account = await openAccount({ balanceMicros: 50_000_000 });

		const reply = await account.call("/api/phone-numbers/purchase", body);

		expect(reply.status).toBe(422);
		expect(await account.balance()).toEqual({ available: 50_000_000, held: 0 });
	});

	it("replays a purchase for its Idempotency-Key and says so", async () => {
		const account = await openAccount({ balanceMicros: 50_000_000 });
		const [offer] = await offersIn(account, "country=US&areaCode=312");
		const buy = (number: string | undefined) =>
			account.call("/api/phone-numbers/purchase", { number }, { headers: { "idempotency-key": "k1" } });

		const first = await buy(offer?.number);
		const again = await buy(offer?.number);
		const other = await buy("+13125550142");

		expect([first.status, again.status, other.status]).toEqual([201, 201, 409]);
		expect(again.headers.get("idempotent-replayed")).toBe("true");
		expect(first.headers.get("idempotent-replayed")).toBeNull();
		expect(await again.json()).toEqual(await first.json());
		expect(first.headers.get("server-timing")).toContain("2 round trips");
	});

	it("changes label and routing, and nothing of a stranger's", async () => {
		const { account, number } = await owner();
		const stranger = await openAccount();
		const change = { label: "Reception", routing: { steps: [{ kind: "ring", seconds: 20 }, { kind: "voicemail" }] } };

		const changed = await account.call(`/api/phone-numbers/${number.id}`, change, { method: "PUT" });
		const foreign = await stranger.call(`/api/phone-numbers/${number.id}`, change, { method: "PUT" });

		expect(PhoneNumber.parse(await changed.json())).toMatchObject(change);
		expect(foreign.status).toBe(404);
	});

	it.each([{ label: 5 }, { routing: "x" }, { routing: { steps: [] } }, { monthlyPrice: 0 }])(
		"does not accept change %#",
		async (change) => {
			const { account, number } = await owner();

			expect((await account.call(`/api/phone-numbers/${number.id}`, change, { method: "PUT" })).status).toBe(422);
		},
	);

	it("releases, and then it is gone", async () => {
		const { account, number } = await owner();
		const stranger = await openAccount();
		const release = (who: TestAccount) => who.call(`/api/phone-numbers/${number.id}`, undefined, { method: "DELETE" });

		const [foreign, released, again] = [await release(stranger), await release(account), await release(account)];

		expect([foreign.status, released.status, again.status]).toEqual([404, 200, 404]);
		expect(await released.json()).toEqual({ success: true, status: "released" });
		expect(await (await account.call("/api/phone-numbers")).json()).toEqual([]);
	});

	it("buys several and answers for each", async () => {
		const account = await openAccount({ balanceMicros: 50_000_000 });

		const reply = await account.call("/api/phone-numbers/purchase/batch", { country: "US", areaCode: "917", count: 3 });

		const batch = Batch.parse(await reply.json());
		expect(reply.status).toBe(201);
		expect(batch).toMatchObject({ requested: 3, purchased: 3 });
		const later = await account.call(`/api/phone-numbers/purchase/batch/${batch.batchId}`);
		expect(await later.json()).toEqual(batch);
	});

	it.each([0, -1, 1e6])("does not buy %i numbers", async (count) => {
		const account = await openAccount({ balanceMicros: 50_000_000 });

		expect((await account.call("/api/phone-numbers/purchase/batch", { country: "US", count })).status).toBe(422);
	});

	it("opens to nobody who is not signed in", async () => {
		for (const [method, path] of [
			["GET", "phone-numbers"],
			["GET", "phone-numbers/search?country=US"],
			["POST", "phone-numbers/purchase"],
			["POST", "phone-numbers/purchase/batch"],
			["PUT", "phone-numbers/x"],
			["DELETE", "phone-numbers/x"],
			["GET", "channels"],
			["POST", "channels/generate-phone-number"],
		] as const)
			expect((await knock(`/api/${path}`, { method })).status, path).toBe(401);
	});
});

describe("a sub-account", () => {
	async function team() {
		const { account, number } = await owner();
		const member = await openMember(account);
		const asMember = (path: string, init: RequestInit = {}) =>
			knock(path, {
				...init,
				headers: { authorization: `Bearer ${member.token}`, "content-type": "application/json" },
			});
		const assign = (who: TestAccount, phoneNumberId: string, subAccountId: string | null) =>
			who.call("/api/phone-numbers/assign", { phoneNumberId, subAccountId });
		return { account, number, member, asMember, assign };
	}

	it("sees the numbers that are assigned to it, and no others", async () => {
		const { account, number, member, asMember, assign } = await team();

		expect(await (await asMember("/api/phone-numbers")).json()).toEqual([]);
		const assigned = await assign(account, number.id, member.userId);

		expect(PhoneNumber.parse(await assigned.json()).assignedTo).toBe(member.userId);
		expect(Numbers.parse(await (await asMember("/api/phone-numbers")).json())).toHaveLength(1);
		const own = await asMember(`/api/phone-numbers/assigned/${member.userId}`);
		expect(Numbers.parse(await own.json())).toHaveLength(1);
		expect(await (await account.call("/api/phone-numbers/available")).json()).toEqual([]);
	});

	it("loses a number that is taken back", async () => {
		const { account, number, member, asMember, assign } = await team();
		await assign(account, number.id, member.userId);

		await assign(account, number.id, null);

		expect(await (await asMember("/api/phone-numbers")).json()).toEqual([]);
		expect(Numbers.parse(await (await account.call("/api/phone-numbers/available")).json())).toHaveLength(1);
	});

	it("does not buy, assign, release, look at siblings or at the wallet", async () => {
		const { account, number, member, asMember } = await team();
		const sibling = await openMember(account);
		const post = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });

		const replies = [
			await asMember("/api/phone-numbers/purchase", post({ number: freshNumbers(1)[0] })),
			await asMember("/api/phone-numbers/assign", post({ phoneNumberId: number.id, subAccountId: member.userId })),
			await asMember(`/api/phone-numbers/${number.id}`, { method: "DELETE" }),
			await asMember("/api/phone-numbers/available"),
			await asMember("/api/wallet"),
			await asMember("/api/wallet/entries"),
			await asMember("/api/wallet/top-up", post({ amountMicros: 1_000_000 })),
		];

		expect(replies.map(({ status }) => status)).toEqual(Array(7).fill(403));
		expect((await asMember(`/api/phone-numbers/assigned/${sibling.userId}`)).status).toBe(404);
	});

	it("of a stranger gets nothing", async () => {
		const { account, number, assign, member } = await team();
		const stranger = await openAccount();

		expect((await assign(account, number.id, stranger.userId)).status).toBe(404);
		expect((await assign(stranger, number.id, null)).status).toBe(404);
		expect((await assign(account, number.id, account.userId)).status).toBe(404);
		expect((await stranger.call(`/api/phone-numbers/assigned/${member.userId}`)).status).toBe(404);
	});
});

describe("channels", () => {
	it("come with a generated number, can be renamed, and take the number with them when deleted", async () => {
		const account = await openAccount();

		const generated = await account.call("/api/channels/generate-phone-number", { country: "USA" });
		const channel = Channel.parse(await generated.json());
		const renamed = await account.call(
			`/api/channels/${channel.id}`,
			{ name: "Sales", type: "sms" },
			{ method: "PATCH" },
		);
		const listed = z.array(Channel).parse(await (await account.call("/api/channels")).json());
		const deleted = await account.call(`/api/channels/${channel.id}`, undefined, { method: "DELETE" });

		expect(generated.status).toBe(200);
		expect(generated.headers.get("server-timing")).toContain("2 round trips");
		expect(await renamed.json()).toMatchObject({ id: channel.id, name: "Sales", type: "sms" });
		expect(listed).toMatchObject([{ id: channel.id, name: "Sales" }]);
		expect(deleted.status).toBe(200);
		expect((await account.call(`/api/channels/${channel.id}`)).status).toBe(404);
		expect(await (await account.call("/api/phone-numbers")).json()).toEqual([]);
	});

	it.each(["GB", "Germany", "SE", "Australia"])("can be had in %s", async (country) => {
		const account = await openAccount();

		const reply = await account.call("/api/channels/generate-phone-number", { country });

		expect(reply.status).toBe(200);
	});

	it("are nobody else's", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const generated = await account.call("/api/channels/generate-phone-number", { country: "US" });
		const { id } = Channel.parse(await generated.json());

		const replies = [
			await stranger.call(`/api/channels/${id}`),
			await stranger.call(`/api/channels/${id}`, { name: "Mine" }, { method: "PATCH" }),
			await stranger.call(`/api/channels/${id}`, undefined, { method: "DELETE" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
		expect(await (await stranger.call("/api/channels")).json()).toEqual([]);
	});

	it("fail in the contract's words", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/channels/generate-phone-number", { country: "US", areaCode: "000000" });

		expect(reply.status).toBe(404);
		expect(await reply.json()).toMatchObject({
			error: "Failed to generate phone number",
			details: "No available phone numbers in this country",
		});
		expect(await (await account.call("/api/channels")).json()).toEqual([]);
	});
});

describe("with a hundred thousand numbers", () => {
	let account: TestAccount;
	beforeAll(async () => {
		account = await openAccount();
		const crowd = await openAccount();
		await env.DB.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
			INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, carrier_ref, monthly_micros, purchased_at, created_at)
			SELECT printf('num_%026d', i), iif(i % 2000 = 0, ?1, ?2), '+49' || (30000000 + i), 'active', 'DE', 'local', 'simulated', 'PN' || i, 0, i, i FROM n`,
		)
			.bind(account.accountId, crowd.accountId)
			.run();
	});

	it("lists an account's fifty in one round trip by index", async () => {
		const asked: { sql: string; params: unknown[] }[] = [];
		observeStatements((statement) => asked.push(statement));
		const reply = await account.call("/api/phone-numbers");
		observeStatements(undefined);

		expect(Numbers.parse(await reply.json())).toHaveLength(50);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		for (const { sql, params } of asked) {
			const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
				.bind(...params)
				.all<{ detail: string }>();
			expect(plan.results.map(({ detail }) => detail)).toEqual([
				expect.stringMatching(/^SEARCH numbers USING INDEX numbers_of_account/),
			]);
		}
	});
});
