import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { PaymentsUnclear } from "../outside/payments/payments";
import { callAs, openMember } from "../test/access-matrix.people";
import { house, knock, openAccount } from "../test/house";
import { deliver, event, subscription } from "../test/payment-events";
import { finishClosures } from "./close-account";

const password = "correct horse battery";
const count = (sql: string, accountId: string) => env.DB.prepare(sql).bind(accountId).first<number>("n");

const closureOf = (accountId: string) =>
	env.DB.prepare("SELECT finished_at, last_error FROM closures WHERE account_id = ?").bind(accountId).first();

async function signUp() {
	const email = `${crypto.randomUUID()}@example.com`;
	const reply = await knock("/api/auth/signup", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ email, password }),
	});
	const { session } = await reply.json<{ session: { access_token: string; user: { id: string } } }>();
	return { email, token: session.access_token, accountId: session.user.id, userId: session.user.id };
}

describe("the export", () => {
	it("holds what is kept of the account, nothing secret and nothing of others", async () => {
		const [account, other] = [await signUp(), await openAccount()];
		await callAs(account.token, "/api/contacts", { firstName: "Carol", phoneNumber: "+447712345678" });
		await callAs(account.token, "/api/api-keys", { name: "Office", scopes: ["read"] });

		const reply = await callAs(account.token, "/api/account/export");

		expect(reply.headers.get("content-disposition")).toMatch(/^attachment; filename="trunkline-.*\.json"$/);
		const text = await reply.text();
		expect(JSON.parse(text)).toMatchObject({
			accountId: account.accountId,
			users: [{ email: account.email }],
			contacts: [{ first_name: "Carol" }],
			api_keys: [{ name: "Office" }],
			audit_log: [{ action: "key.made" }, { action: "account.exported" }],
			sessions: [{ user_id: account.userId }],
			wallets: [{ available_micros: 0 }],
		});
		expect(text).not.toMatch(/scrypt|key_hash|password_hash/);
		expect(text).not.toContain(other.accountId);
	});

	it("reads on when a table has more than a page", async () => {
		const account = await openAccount();
		const now = Date.now();
		const rows = Array.from({ length: 1_101 }, (_, n) => ({
			id: `con_${account.userId}_${n}`,
			e164: `+1415${String(5_550_000 + n)}`,
		}));
		await env.DB.prepare(
			"INSERT INTO contacts (id, account_id, e164, created_at, updated_at) SELECT value ->> 'id', ?1, value ->> 'e164', ?2, ?2 FROM json_each(?3)",
		)
			.bind(account.accountId, now, JSON.stringify(rows))
			.run();

		const { contacts } = await (await account.call("/api/account/export")).json<{ contacts: { id: string }[] }>();

		expect(new Set(contacts.map(({ id }) => id)).size).toBe(1_101);
	});

	it("gives a table as CSV, with no formula in it and nothing secret", async () => {
		const [account, other] = [await openAccount(), await openAccount()];
		await account.call("/api/contacts", { firstName: "=1+1", lastName: "@SUM(A1)", phoneNumber: "+447712345678" });
		await other.call("/api/contacts", { firstName: "Theirs", phoneNumber: "+447712345679" });

		const reply = await account.call("/api/account/export/contacts");

		expect(reply.headers.get("content-disposition")).toBe('attachment; filename="contacts.csv"');
		const [head = "", line = "", rest] = (await reply.text()).split("\r\n");
		const names = head.split(",");
		expect([names.includes("first_name"), rest]).toEqual([true, ""]);
		expect(line.split(",")[names.indexOf("first_name")]).toBe("'=1+1");
		expect(line).toContain("+447712345678");
		expect(await (await account.call("/api/account/export/api_keys")).text()).not.toContain("key_hash");
	});

	it.each(["refresh_tokens", "price_book", "no_such_table"])("has no table %s", async (table) => {
		const account = await openAccount();

		expect((await account.call(`/api/account/export/${table}`)).status).toBe(404);
	});

	it("is the owner's only", async () => {
		const member = await openMember(await openAccount());

		expect((await member.call("/api/account/export")).status).toBe(403);
	});
});

describe("closing an account", () => {
	it("shuts it at once, then releases its numbers and forgets its people", async () => {
		const account = await signUp();
		const member = await openMember(account);
		await callAs(account.token, "/api/contacts", { firstName: "Carol", phoneNumber: "+447712345678" });
		const bought = await callAs(account.token, "/api/channels/generate-phone-number", { country: "US" });
		expect(bought.status).toBe(200);

		const closed = await callAs(account.token, "/api/account", undefined, "DELETE");

		expect(closed.status).toBe(202);
		const shut = [
			await callAs(account.token, "/api/users/settings"),
			await member.call("/api/users/settings"),
			await knock("/api/auth/login", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ email: account.email, password }),
			}),
		];
		expect(shut.map(({ status }) => status)).toEqual([401, 401, 403]);

		await finishClosures(house());
		await finishClosures(house());

		const { accountId } = account;
		expect(
			await count("SELECT count(*) AS n FROM numbers WHERE account_id = ? AND status <> 'released'", accountId),
		).toBe(0);
		expect(await count("SELECT count(*) AS n FROM contacts WHERE account_id = ?", accountId)).toBe(0);
		expect(
			await count(
				"SELECT count(*) AS n FROM users WHERE account_id = ? AND (email <> '' OR password_hash IS NOT NULL)",
				accountId,
			),
		).toBe(0);
		expect(
			await count("SELECT count(*) AS n FROM audit_log WHERE account_id = ? AND action = 'account.closed'", accountId),
		).toBe(1);
		const end = await env.DB.prepare(
			"SELECT status, finished_at FROM accounts JOIN closures ON account_id = id WHERE id = ?",
		)
			.bind(accountId)
			.first();
		expect(end).toEqual({ status: "closed", finished_at: expect.any(Number) });
	});

	it("lets the address be used again", async () => {
		const account = await signUp();
		await callAs(account.token, "/api/account", { password }, "DELETE");
		await finishClosures(house());

		const again = await knock("/api/auth/signup", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ email: account.email, password }),
		});

		expect(again.status).toBe(201);
	});

	it("waits for calls that are in the air, and goes on afterwards", async () => {
		const account = await openAccount();
		const now = Date.now();
		await env.DB.batch([
			env.DB.prepare(
				"INSERT INTO campaigns (id, account_id, title, status, created_at, updated_at) VALUES (?1, ?2, 'C', 'running', ?3, ?3)",
			).bind(`cmp_${account.userId}`, account.accountId, now),
			env.DB.prepare(
				"INSERT INTO attempts (id, account_id, campaign_id, contact_id, n, e164, state, hold_micros, minute_micros, look_after, claimed_at) VALUES (?1, ?2, ?3, 'c', 1, '+14155550100', 'claimed', 0, 0, ?4, ?4)",
			).bind(`att_${account.userId}`, account.accountId, `cmp_${account.userId}`, now),
		]);
		await callAs(account.token, "/api/account", undefined, "DELETE");

		await finishClosures(house());
		const during = await count(
			"SELECT count(*) AS n FROM closures WHERE account_id = ? AND finished_at IS NULL",
			account.accountId,
		);
		await env.DB.prepare("UPDATE attempts SET state = 'dropped', ended_at = 1 WHERE account_id = ?")
			.bind(account.accountId)
			.run();
		await finishClosures(house());

		expect(during).toBe(1);
		expect(await closureOf(account.accountId)).toEqual({ finished_at: expect.any(Number), last_error: null });
		expect(await count("SELECT count(*) AS n FROM campaigns WHERE account_id = ?", account.accountId)).toBe(0);
	});

	it("ends what it is billed for, however long the payment provider does not answer", async () => {
		const account = await openAccount();
		const { accountId } = account;
		await deliver(event("customer.subscription.created", subscription(`sub_${accountId}`, accountId)));
		await callAs(account.token, "/api/account", undefined, "DELETE");
		const asked: string[] = [];
		const provider = {
			...house().payments,
			async endSubscription(ref: string) {
				asked.push(ref);
				if (asked.length === 1) throw new PaymentsUnclear("no answer");
			},
		};

		await finishClosures(house({ payments: provider }));
		const meanwhile = await closureOf(accountId);
		await finishClosures(house({ payments: provider }));
		await finishClosures(house({ payments: provider }));

		expect(meanwhile).toEqual({ finished_at: null, last_error: expect.stringContaining("no answer") });
		expect(asked).toEqual([`sub_${accountId}`, `sub_${accountId}`]);
		expect(
			await count("SELECT count(*) AS n FROM subscriptions WHERE account_id = ? AND status <> 'canceled'", accountId),
		).toBe(0);
		expect(await closureOf(accountId)).toEqual({ finished_at: expect.any(Number), last_error: null });
	});

	it("lists what is left in the wallet, to be paid back", async () => {
		const [account, empty] = [await openAccount({ balanceMicros: 3_000_000 }), await openAccount()];
		for (const { token } of [account, empty]) await callAs(token, "/api/account", undefined, "DELETE");

		await finishClosures(house());

		const { results } = await env.DB.prepare(
			"SELECT ref, detail FROM differences WHERE kind = 'closed_with_balance'",
		).all();
		expect(results).toContainEqual({ ref: account.accountId, detail: JSON.stringify({ amountMicros: 3_000_000 }) });
		expect(results).not.toContainEqual(expect.objectContaining({ ref: empty.accountId }));
	});

	it("is not done by a wrong password, nor by a member", async () => {
		const account = await signUp();
		const member = await openMember(account);

		const wrong = await callAs(account.token, "/api/account", { password: "not it at all" }, "DELETE");
		const byMember = await member.call("/api/account", undefined, "DELETE");

		expect([wrong.status, byMember.status]).toEqual([403, 403]);
		expect((await callAs(account.token, "/api/users/settings")).status).toBe(200);
	});
});
