import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { knock, openAccount, type TestAccount } from "../test/house";
import type { TransferNumber } from "./inputs";

const NUMBER = "+14155552671";
const add = (account: TestAccount, input: object = {}) =>
	account.call("/api/transfer-numbers", { name: "Front desk", phone_number: NUMBER, ...input });
const listed = async (account: TestAccount) => (await account.call("/api/transfer-numbers")).json<TransferNumber[]>();
const remove = (account: TestAccount, id: string, query = "") =>
	account.call(`/api/transfer-numbers/${id}${query}`, undefined, { method: "DELETE" });

describe("transfer numbers", () => {
	it("are added as the contract says, and listed as an array", async () => {
		const account = await openAccount();

		const reply = await account.call("/api/transfer-numbers", {
			user_id: account.userId,
			name: "Front desk",
			phone_number: "(415) 555-2671",
			country: "US",
			description: "Weekdays",
			call_count: 0,
		});

		expect(reply.status).toBe(201);
		const added = await reply.json();
		expect(added).toEqual({
			id: expect.stringMatching(/^trn_/),
			userId: account.userId,
			name: "Front desk",
			phoneNumber: NUMBER,
			formatted: "+1 415 555 2671",
			description: "Weekdays",
			callCount: 0,
			createdAt: expect.stringMatching(/\.\d{3}Z$/),
		});
		const list = await account.call(`/api/transfer-numbers?userId=${account.userId}`);
		expect(await list.json()).toEqual([added]);
		expect(list.headers.get("server-timing")).toContain("1 round trips");
	});

	it("may be national in the owner's own country", async () => {
		const account = await openAccount();
		await env.DB.prepare("UPDATE users SET country = 'GB' WHERE id = ?").bind(account.userId).run();

		expect(await (await add(account, { phone_number: "020 7946 0000" })).json()).toMatchObject({
			phoneNumber: "+442079460000",
		});
	});

	it("go when they are told to, once", async () => {
		const account = await openAccount();
		const { id } = await (await add(account)).json<TransferNumber>();

		const gone = await remove(account, id, `?userId=${account.userId}`);

		expect([gone.status, await gone.json(), await listed(account)]).toEqual([200, { success: true }, []]);
		expect((await remove(account, id)).status).toBe(404);
	});

	it.each([
		["draft", 200],
		["scheduled", 409],
		["running", 409],
		["paused", 409],
		["completed", 200],
	])("go while a campaign is %s: %d", async (status, expected) => {
		const account = await openAccount();
		const { id } = await (await add(account)).json<TransferNumber>();
		await env.DB.prepare(
			"INSERT INTO campaigns (id, account_id, title, status, transfer_number_id, created_at, updated_at) VALUES (?1, ?2, 'Spring', ?3, ?4, 1, 1)",
		)
			.bind(`cmp_${id}`, account.accountId, status, id)
			.run();

		expect((await remove(account, id)).status).toBe(expected);
		expect(await listed(account)).toHaveLength(expected === 200 ? 0 : 1);
	});

	it.each([
		["premium", { phone_number: "+19002345678" }],
		["premium abroad", { phone_number: "+4490012345678" }],
		["satellite", { phone_number: "+870773111632" }],
		["emergency", { phone_number: "911", country: "US" }],
		["emergency in Europe", { phone_number: "112", country: "DE" }],
		["SIP", { phone_number: "sip:x@127.0.0.1" }],
		["markup", { phone_number: `${NUMBER}</Number><Number>+19002345678` }],
		["an extension", { phone_number: `${NUMBER};ext=5` }],
		["nothing", { phone_number: "" }],
		["another type", { phone_number: 14155552671 }],
		["no name", { name: "  " }],
		["a long name", { name: "x".repeat(201) }],
		["a count below nothing", { call_count: -1 }],
		["a name of ours", { id: "trn_1" }],
	])("are not: %s", async (_, input) => {
		const account = await openAccount();

		expect((await add(account, input)).status).toBe(422);
		expect(await listed(account)).toEqual([]);
	});

	it("are for those who are signed in, and for their own", async () => {
		const account = await openAccount();
		const stranger = await openAccount();
		const { id } = await (await add(account)).json<TransferNumber>();

		for (const [method, path] of [
			["GET", "/api/transfer-numbers"],
			["POST", "/api/transfer-numbers"],
			["DELETE", `/api/transfer-numbers/${id}`],
		] as const)
			expect((await knock(path, { method })).status).toBe(401);
		expect(await listed(stranger)).toEqual([]);
		expect((await stranger.call(`/api/transfer-numbers?userId=${account.userId}`)).status).toBe(404);
		expect((await add(stranger, { user_id: account.userId })).status).toBe(404);
		expect((await remove(stranger, id)).status).toBe(404);
		expect(await listed(account)).toHaveLength(1);
	});
});
