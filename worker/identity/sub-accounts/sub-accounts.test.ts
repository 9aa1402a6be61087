import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { inOneBatch } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { callAs, openMember } from "../../test/access-matrix.people";
import { house, knock, openAccount, type TestAccount } from "../../test/house";
import { spendAs } from "./store";

const password = "correct horse battery";
const Member = z.looseObject({ id: z.string() });
const newEmail = () => `${crypto.randomUUID()}@example.com`;
const add = async (owner: TestAccount, body: object) =>
	Member.parse(await (await owner.call("/api/sub-accounts", body)).json());
const logIn = (email: string, secret = password) =>
	knock("/api/auth/login", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ email, password: secret }),
	});
const change = (owner: TestAccount, id: string, body: object) =>
	callAs(owner.token, `/api/sub-accounts/${id}`, body, "PATCH");

async function linkMailedTo(email: string): Promise<string> {
	return vi.waitFor(async () => {
		const body = await env.DB.prepare("SELECT body FROM mail_outbox WHERE recipient = ? ORDER BY id DESC")
			.bind(email)
			.first("body");
		const token = /token=([\w-]+)/.exec(String(body))?.[1];
		if (!token) throw new Error("no mail yet");
		return token;
	});
}

describe("sub-accounts", () => {
	it("are added with a temporary password, and sign in on their own", async () => {
		const owner = await openAccount();
		const email = newEmail();

		const reply = await owner.call("/api/sub-accounts", { email, fullName: "Bob", password });

		expect(reply.status).toBe(201);
		expect(await reply.json()).toMatchObject({
			email,
			fullName: "Bob",
			status: "active",
			accountId: owner.accountId,
			spendingLimit: null,
			spentThisMonth: { amountMicros: 0, currency: "USD" },
		});
		const { session } = await (await logIn(email)).json<{ session: { user: { id: string }; access_token: string } }>();
		const profile = await callAs(session.access_token, `/api/profiles/${session.user.id}`);
		expect(await profile.json()).toMatchObject({
			role: "member",
			accountId: owner.accountId,
			passwordIsTemporary: true,
		});
	});

	it("are invited by mail, and choose a password with the link, once", async () => {
		const owner = await openAccount();
		const email = newEmail();
		expect(await add(owner, { email })).toMatchObject({ status: "invited" });
		const token = await linkMailedTo(email);
		const reset = () =>
			knock("/api/auth/password/reset", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ token, password }),
			});

		const first = await reset();
		const second = await reset();

		expect([first.status, second.status]).toEqual([200, 422]);
		expect((await logIn(email)).status).toBe(200);
		expect(await (await owner.call("/api/sub-accounts")).json()).toMatchObject([{ email, status: "active" }]);
	});

	it("are told by the invitation's page who asks them and under which address, until it is used", async () => {
		const owner = await openAccount();
		await owner.call(`/api/profiles/${owner.userId}`, { fullName: "Ada", companyName: "Engines" }, { method: "PATCH" });
		const email = newEmail();
		await add(owner, { email, fullName: "Bob" });
		const token = await linkMailedTo(email);
		const ask = (path: string, body: object) =>
			knock(`/api/auth/${path}`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(body),
			});

		const shown = await ask("invitation", { token });

		expect(await shown.json()).toEqual({ email, fullName: "Bob", invitedBy: "Ada, Engines" });
		await ask("password/reset", { token, password });
		expect((await ask("invitation", { token })).status).toBe(422);
	});

	it("are told at sign-in that a password is somebody else's choice, until they choose their own", async () => {
		const owner = await openAccount();
		const email = newEmail();
		await add(owner, { email, password });
		const first = await (await logIn(email)).json<{ mustChangePassword: boolean; session: { access_token: string } }>();

		await callAs(first.session.access_token, "/api/auth/password/change", {
			currentPassword: password,
			newPassword: "my own choice of words",
		});

		expect(first.mustChangePassword).toBe(true);
		const again = await (await logIn(email, "my own choice of words")).json();
		expect(again).toMatchObject({ mustChangePassword: false });
	});

	it("are suspended at once: devices, keys and password", async () => {
		const owner = await openAccount();
		const email = newEmail();
		const { id } = await add(owner, { email, password });
		const { session } = await (await logIn(email)).json<{ session: { access_token: string } }>();
		const { key } = await (await callAs(session.access_token, "/api/api-keys", { name: "k", scopes: ["read"] })).json<{
			key: string;
		}>();

		const reply = await owner.call(`/api/sub-accounts/${id}/suspend`, {});

		expect(await reply.json()).toMatchObject({ status: "suspended" });
		const after = [
			await callAs(session.access_token, "/api/users/settings"),
			await callAs(key, "/api/users/settings"),
			await logIn(email),
		];
		expect(after.map(({ status }) => status)).toEqual([401, 401, 403]);
		await owner.call(`/api/sub-accounts/${id}/resume`, {});
		expect((await logIn(email)).status).toBe(200);
	});

	it("are removed: the address and the numbers are free again", async () => {
		const owner = await openAccount();
		const email = newEmail();
		const { id } = await add(owner, { email, password });
		await env.DB.prepare(
			"INSERT INTO numbers (id, account_id, e164, status, country, line_type, provider, monthly_micros, assigned_to, created_at) VALUES (?1, ?2, ?3, 'pending', 'US', 'local', 'simulated', 1, ?4, 1)",
		)
			.bind(`num_${id}`, owner.accountId, `+1415${String(Date.now()).slice(-7)}`, id)
			.run();

		const reply = await callAs(owner.token, `/api/sub-accounts/${id}`, undefined, "DELETE");

		expect(await reply.json()).toEqual({ success: true });
		expect((await owner.call(`/api/sub-accounts/${id}`)).status).toBe(404);
		expect((await logIn(email)).status).toBe(401);
		const assigned = await env.DB.prepare("SELECT assigned_to FROM numbers WHERE id = ?")
			.bind(`num_${id}`)
			.first("assigned_to");
		expect(assigned).toBeNull();
		expect(await add(owner, { email, password })).toMatchObject({ email });
	});

	it("get a new temporary password from the owner, which signs them out", async () => {
		const owner = await openAccount();
		const email = newEmail();
		const { id } = await add(owner, { email, password });
		const { session } = await (await logIn(email)).json<{ session: { access_token: string } }>();

		await change(owner, id, { password: "another horse battery" });

		expect((await callAs(session.access_token, "/api/users/settings")).status).toBe(401);
		expect((await logIn(email)).status).toBe(401);
		expect((await logIn(email, "another horse battery")).status).toBe(200);
	});

	it("cannot take an address that is somebody's", async () => {
		const [owner, other] = [await openAccount(), await openAccount()];

		expect((await owner.call("/api/sub-accounts", { email: other.email, password })).status).toBe(409);
	});

	it.each([
		["a role", { role: "owner" }],
		["an account", { accountId: "usr_other" }],
		["a negative limit", { spendingLimit: { amountMicros: -1 } }],
		["a limit with a fraction", { spendingLimit: { amountMicros: 1.5 } }],
		["a most used password", { password: "password1" }],
	])("cannot be given %s", async (_, more) => {
		const owner = await openAccount();

		expect((await owner.call("/api/sub-accounts", { email: newEmail(), ...more })).status).toBe(422);
	});

	it("are the owner's only: no member and no stranger reaches them", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const [member, sibling] = [await openMember(owner), await openMember(owner)];
		const path = `/api/sub-accounts/${sibling.userId}`;

		const asMember = [
			await member.call("/api/sub-accounts"),
			await member.call(path, undefined, "DELETE"),
			await member.call(`${path}/suspend`, {}),
			await member.call(`/api/sub-accounts/${owner.userId}`, {}, "PATCH"),
		];
		const asStranger = [
			await stranger.call(path),
			await callAs(stranger.token, path, undefined, "DELETE"),
			await change(stranger, sibling.userId, { fullName: "Mine" }),
		];
		const onOneself = await callAs(owner.token, `/api/sub-accounts/${owner.userId}`, undefined, "DELETE");

		expect(asMember.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
		expect(asStranger.map(({ status }) => status)).toEqual([404, 404, 404]);
		expect(onOneself.status).toBe(404);
	});
});

describe("a member's spending", () => {
	/** Books like any room does: the note of who spends, then the ledger. */
	async function spend(
		owner: TestAccount,
		userId: string,
		micros: number,
		ref: string = crypto.randomUUID(),
		kind = "hold",
	) {
		const { db } = house();
		const scope = { accountId: owner.accountId, userId, role: "member" as const, now: Date.now };
		const [from, to] = kind === "hold" ? ["available", "held"] : ["held", "available"];
		await inOneBatch(db, spendAs(db, scope, ref));
		await env.DB.prepare(
			"INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		)
			.bind(owner.accountId, kind, from, to, micros, ref, Date.now())
			.run();
		return ref;
	}

	async function limited(amountMicros: number | null) {
		const owner = await openAccount({ balanceMicros: 1_000 });
		const { userId } = await openMember(owner);
		await change(owner, userId, { spendingLimit: amountMicros === null ? null : { amountMicros } });
		return { owner, userId };
	}

	it("ends at the limit of the month, and the wallet is as before", async () => {
		const { owner, userId } = await limited(100);
		await spend(owner, userId, 60);

		const beyond = spend(owner, userId, 41).catch(brokenRule);

		expect(await beyond).toBe("member_within_limit");
		expect(await owner.balance()).toEqual({ available: 940, held: 60 });
		await spend(owner, userId, 40);
		const shown = await (await owner.call(`/api/sub-accounts/${userId}`)).json();
		expect(shown).toMatchObject({ spentThisMonth: { amountMicros: 100 }, spendingLimit: { amountMicros: 100 } });
	});

	it("makes room again for what is given back", async () => {
		const { owner, userId } = await limited(100);
		const ref = await spend(owner, userId, 100);
		await spend(owner, userId, 70, ref, "release");

		await spend(owner, userId, 70);

		expect(await spend(owner, userId, 1).catch(brokenRule)).toBe("member_within_limit");
	});

	it("has no bound without a limit but the wallet's", async () => {
		const { owner, userId } = await limited(null);

		await spend(owner, userId, 1_000);

		expect(await spend(owner, userId, 1).catch(brokenRule)).toBe("wallet_covers");
	});

	it("counts from the first of the month", async () => {
		const { owner, userId } = await limited(100);
		await spend(owner, userId, 100);
		await env.DB.prepare("UPDATE member_spending SET created_at = ? WHERE user_id = ?")
			.bind(Date.now() - 32 * 86_400_000, userId)
			.run();

		await spend(owner, userId, 100);

		expect(await owner.balance()).toEqual({ available: 800, held: 200 });
	});

	it("is nobody's concern when the owner spends", async () => {
		const owner = await openAccount();

		expect(spendAs(house().db, owner.scope(), "ref")).toEqual([]);
	});
});
