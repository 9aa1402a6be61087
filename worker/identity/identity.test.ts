import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { app } from "../app";
import { callAs } from "../test/access-matrix.people";
import { house, knock, openAccount } from "../test/house";
import { sweepIdentity } from "./sweep";

const newEmail = () => `${crypto.randomUUID()}@example.com`;
const password = "correct horse battery";
const json = { "content-type": "application/json" };
const context = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
const Page = z.object({ items: z.array(z.looseObject({})), nextCursor: z.string().nullable() });

describe("affiliates", () => {
	it("get a code once, and see who signed up with it", async () => {
		const ada = await openAccount();
		const path = `/api/profiles/${ada.userId}`;
		await ada.call(`${path}/affiliate`, {});
		const before = await (await ada.call(path)).json<{ referralCode: string; referralLink: string }>();
		await ada.call(`${path}/affiliate`, {});

		await knock("/api/auth/signup", {
			method: "POST",
			headers: json,
			body: JSON.stringify({
				email: newEmail(),
				password,
				metadata: { fullName: "Bob", referral_code: before.referralCode },
			}),
		});

		const after = await (await ada.call(path)).json();
		expect(before.referralLink).toBe(`https://trunkline.test/signup?ref=${before.referralCode}`);
		expect(after).toMatchObject({ isAffiliate: true, referralCode: before.referralCode, referredSignUps: 1 });
		const referred = Page.parse(await (await ada.call(`${path}/referrals`)).json());
		expect(referred.items).toEqual([{ id: expect.any(String), fullName: "Bob", joinedAt: expect.any(String) }]);
	});

	it("are not made of others, and see no one else's", async () => {
		const [ada, bob] = [await openAccount(), await openAccount()];

		const replies = [
			await bob.call(`/api/profiles/${ada.userId}/affiliate`, {}),
			await bob.call(`/api/profiles/${ada.userId}/referrals`),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404]);
	});

	it("do not matter to a sign-up with a code that nobody has", async () => {
		const reply = await knock("/api/auth/signup", {
			method: "POST",
			headers: json,
			body: JSON.stringify({ email: newEmail(), password, metadata: { referralCode: "NOBODYS1" } }),
		});

		expect(reply.status).toBe(201);
	});
});

describe("the debug routes", () => {
	const inPlace = (ENVIRONMENT: string, path: string, body?: object) =>
		app.request(
			`https://trunkline.test${path}`,
			body ? { method: "POST", headers: json, body: JSON.stringify(body) } : {},
			{ ...env, ENVIRONMENT, RATE_LIMIT_SCALE: "1" },
			context,
		);

	it("say what a sign-up would do, and write nothing", async () => {
		const email = newEmail();

		const reply = await inPlace("development", "/api/debug/register-test", { email, password });

		expect(await reply.json()).toMatchObject({
			ok: true,
			wrote: false,
			steps: expect.arrayContaining([{ step: "Is the address free?", ok: true, detail: "Nobody has it" }]),
		});
		const users = await env.DB.prepare("SELECT count(*) AS n FROM users WHERE email = ?").bind(email).first("n");
		expect(users).toBe(0);
	});

	it("say what is wrong with a sign-up", async () => {
		const { email } = await openAccount();

		const bad = await inPlace("development", "/api/debug/register-test", { email: "nobody" });
		const taken = await inPlace("development", "/api/debug/register-test", { email, password });

		expect(await bad.json()).toMatchObject({ ok: false, steps: [{ ok: false, detail: [{ path: "email" }, {}] }] });
		expect(await taken.json()).toMatchObject({ ok: false });
	});

	it.each(["test", "production"])("are not there in %s", async (place) => {
		expect((await inPlace(place, "/api/debug/register-test", { email: newEmail(), password })).status).toBe(404);
	});

	it("show the outbox, but not in production", async () => {
		const email = newEmail();
		await knock("/api/auth/signup", { method: "POST", headers: json, body: JSON.stringify({ email, password }) });

		const shown = Page.parse(await (await inPlace("development", "/api/debug/outbox?limit=100")).json());

		expect(shown.items).toContainEqual({
			id: expect.any(String),
			to: email,
			subject: "Is this your address?",
			text: expect.stringContaining("https://trunkline.test/verify?token="),
			createdAt: expect.any(String),
		});
		expect((await inPlace("production", "/api/debug/outbox")).status).toBe(404);
	});
});

describe("what comes in", () => {
	it("is refused when it is too large, before it is read", async () => {
		const reply = await knock("/api/auth/login", {
			method: "POST",
			headers: json,
			body: JSON.stringify({ email: "a@example.com", password: "x".repeat(1_000_000) }),
		});

		expect(reply.status).toBe(413);
		expect(await reply.json()).toMatchObject({ code: "too_large" });
	});

	it.each([
		["null"],
		["[]"],
		['"text"'],
		["42"],
		['{"email":{"$ne":""},"password":{"$ne":""}}'],
		['{"__proto__":{"email":"a@b.co"}}'],
	])("is no login: %s", async (body) => {
		const reply = await knock("/api/auth/login", { method: "POST", headers: json, body });

		expect(reply.status).toBe(422);
	});

	it("takes the last of two equal names, like everybody who reads JSON", async () => {
		const account = await openAccount();

		const reply = await callAs(account.token, `/api/profiles/${account.userId}`, undefined, "GET");

		expect(reply.status).toBe(200);
		const twice = await knock(`/api/profiles/${account.userId}`, {
			method: "PATCH",
			headers: { ...json, authorization: `Bearer ${account.token}` },
			body: '{"fullName":"A","fullName":"B"}',
		});
		expect(await twice.json()).toMatchObject({ fullName: "B" });
	});

	it.each(["/api/auth/LOGIN", "/api/auth/login/", "/api//auth/login", "/api/auth/%2e%2e/admin/invariants"])(
		"finds no hidden way in by %s",
		async (path) => {
			const reply = await knock(path, { method: "POST", headers: json, body: "{}" });

			expect([401, 403, 404, 405]).toContain(reply.status);
		},
	);
});

describe("the sweep", () => {
	it("forgets sessions and links that are over, and keeps the others", async () => {
		const [old, current] = [await openAccount(), await openAccount()];
		const long = Date.now() - 3 * 86_400_000;
		await env.DB.batch([
			env.DB.prepare("UPDATE sessions SET expires_at = ? WHERE user_id = ?").bind(long, old.userId),
			env.DB.prepare(
				"INSERT INTO mailed_tokens (token_hash, user_id, purpose, email_key, created_at, expires_at) VALUES ('h', ?1, 'reset', 'x', ?2, ?2)",
			).bind(old.userId, long),
		]);

		await sweepIdentity(house());

		const left = async (sql: string, id: string) => env.DB.prepare(sql).bind(id).first("n");
		expect(await left("SELECT count(*) AS n FROM sessions WHERE user_id = ?", old.userId)).toBe(0);
		expect(await left("SELECT count(*) AS n FROM mailed_tokens WHERE user_id = ?", old.userId)).toBe(0);
		expect(await left("SELECT count(*) AS n FROM sessions WHERE user_id = ?", current.userId)).toBe(1);
	});
});
