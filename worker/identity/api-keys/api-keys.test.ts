import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { inOneBatch } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { callAs, openMember } from "../../test/access-matrix.people";
import { house, openAccount, type TestAccount } from "../../test/house";
import { liveSession } from "../store";
import { scopesFor } from "./scopes";

const NewKey = z.looseObject({ id: z.string(), key: z.string() });
const make = async (account: Pick<TestAccount, "token">, scopes: string[], more: object = {}) =>
	NewKey.parse(await (await callAs(account.token, "/api/api-keys", { name: "Office", scopes, ...more })).json());

afterEach(() => {
	vi.useRealTimers();
});

describe("API keys", () => {
	it("are shown once, and stored as a hash", async () => {
		const account = await openAccount();

		const made = await account.call("/api/api-keys", { name: "Office", scopes: ["read", "messages", "read"] });

		expect(made.status).toBe(201);
		const { id, key } = NewKey.parse(await made.json());
		expect(key).toMatch(/^tk_[\w-]{43}$/);
		const listed = await (await account.call("/api/api-keys")).json();
		expect(listed).toEqual([
			{
				id,
				userId: account.userId,
				name: "Office",
				hint: key.slice(0, 8),
				scopes: ["read", "messages"],
				createdAt: expect.any(String),
				expiresAt: null,
				lastUsedAt: null,
			},
		]);
		const row = await env.DB.prepare("SELECT * FROM api_keys WHERE id = ?").bind(id).first();
		expect(JSON.stringify(row)).not.toContain(key);
	});

	it("speak for their owner, and remember when", async () => {
		const account = await openAccount();
		const { key } = await make(account, ["read"]);

		const reply = await callAs(key, `/api/profiles/${account.userId}`);

		expect(await reply.json()).toMatchObject({ id: account.userId });
		await vi.waitFor(async () => {
			const [listed] = await (await account.call("/api/api-keys")).json<[{ lastUsedAt: string | null }]>();
			expect(listed.lastUsedAt).toMatch(/Z$/);
		});
	});

	it("are read once in some seconds", async () => {
		const account = await openAccount();
		const { key } = await make(account, ["read"]);
		await callAs(key, "/api/users/settings");
		await vi.waitFor(async () => {
			const used = await env.DB.prepare("SELECT last_used_at FROM api_keys WHERE account_id = ?")
				.bind(account.accountId)
				.first("last_used_at");
			expect(used).not.toBeNull();
		});

		const again = await callAs(key, "/api/users/settings");

		expect(again.headers.get("server-timing")).toContain("1 round trips");
	});

	it("open only what their scopes cover", async () => {
		const account = await openAccount();
		const { key } = await make(account, ["read"]);

		const write = await callAs(key, `/api/profiles/${account.userId}`, { fullName: "X" }, "PATCH");
		const audit = await callAs(key, "/api/audit");

		expect([write.status, audit.status]).toEqual([403, 403]);
		const { key: full } = await make(account, ["admin"]);
		expect((await callAs(full, `/api/profiles/${account.userId}`, { fullName: "X" }, "PATCH")).status).toBe(200);
	});

	it.each([
		["GET", "/api/campaigns", ["read", "campaigns", "admin"]],
		["POST", "/api/campaigns/cmp_1/start", ["campaigns", "admin"]],
		["POST", "/api/messages", ["messages", "admin"]],
		["POST", "/api/phone-numbers/purchase", ["numbers", "admin"]],
		["GET", "/api/calls/token", ["calls", "admin"]],
		["GET", "/api/calls", ["read", "calls", "admin"]],
		["GET", "/api/admin/invariants", ["admin"]],
		["POST", "/api/wallet/top-up", ["admin"]],
		["POST", "/api/something-new", ["admin"]],
	])("%s %s needs one of %j", (method, path, scopes) => {
		expect(scopesFor(method, path)).toEqual(scopes);
	});

	it("do not make keys, change passwords or close the account, whatever their scopes", async () => {
		const account = await openAccount();
		const { key, id } = await make(account, ["admin"]);

		const replies = [
			await callAs(key, "/api/api-keys", { name: "Heir", scopes: ["admin"] }),
			await callAs(key, `/api/api-keys/${id}`, undefined, "DELETE"),
			await callAs(key, "/api/auth/password/change", { currentPassword: "x", newPassword: "correct horse battery" }),
			await callAs(key, "/api/auth/totp", {}),
			await callAs(key, "/api/account", undefined, "DELETE"),
		];

		expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
	});

	it("end when they are revoked", async () => {
		const account = await openAccount();
		const { key, id } = await make(account, ["read"]);
		await callAs(key, "/api/users/settings");

		const revoked = await callAs(account.token, `/api/api-keys/${id}`, undefined, "DELETE");

		expect(await revoked.json()).toEqual({ success: true });
		expect((await callAs(key, "/api/users/settings")).status).toBe(401);
		expect(await (await account.call("/api/api-keys")).json()).toEqual([]);
	});

	it("cannot move money once revoked, even where that is not known yet", async () => {
		const account = await openAccount();
		const { id } = await make(account, ["read"]);
		const { db } = house();
		const guard = () => inOneBatch(db, [liveSession(db, { sessionId: null, apiKeyId: id, now: Date.now })]);
		await guard();
		await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE id = ?").bind(id).run();

		expect(await guard().catch(brokenRule)).toBe("session_is_live");
	});

	it("end at their time", async () => {
		const account = await openAccount();
		const { key } = await make(account, ["read"], { expiresAt: new Date(Date.now() + 60_000).toISOString() });
		expect((await callAs(key, "/api/users/settings")).status).toBe(200);

		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 70_000 });

		expect((await callAs(key, "/api/users/settings")).status).toBe(401);
	});

	it("of a member act as the member", async () => {
		const owner = await openAccount();
		const { key } = await make(await openMember(owner), ["admin"]);

		expect((await callAs(key, "/api/sub-accounts")).status).toBe(403);
	});

	it("of others are not there", async () => {
		const [one, other] = [await openAccount(), await openAccount()];
		const { id, key } = await make(one, ["read"]);

		expect((await callAs(other.token, `/api/api-keys/${id}`, undefined, "DELETE")).status).toBe(404);
		expect((await callAs(key, "/api/users/settings")).status).toBe(200);
	});

	it.each([
		["no scope", { name: "x", scopes: [] }],
		["an unknown scope", { name: "x", scopes: ["root"] }],
		["no name", { name: " ", scopes: ["read"] }],
		["an end that has passed", { name: "x", scopes: ["read"], expiresAt: "2020-01-01T00:00:00Z" }],
		["another's account", { name: "x", scopes: ["read"], accountId: "usr_other" }],
	])("are not made with %s", async (_, body) => {
		const account = await openAccount();

		expect((await account.call("/api/api-keys", body)).status).toBe(422);
	});

	it.each(["tk_invented", "tk_", `tk_${"x".repeat(5000)}`])("are not %s", async (key) => {
		expect((await callAs(key, "/api/users/settings")).status).toBe(401);
	});
});
