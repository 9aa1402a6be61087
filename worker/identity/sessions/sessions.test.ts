import { env } from "cloudflare:workers";
import { SignJWT } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { knock, openAccount } from "../../test/house";
import { IDLE_MS } from "./store";

const Session = z.object({
	session: z.object({
		user: z.object({ id: z.string(), email: z.string() }),
		access_token: z.string(),
		token_type: z.literal("bearer"),
		expires_at: z.number(),
	}),
});
const password = "correct horse battery";
const json = { "content-type": "application/json" };

function post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
	return knock(path, {
		method: "POST",
		headers: { ...(body === undefined ? {} : json), ...headers },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

const newEmail = () => `${crypto.randomUUID()}@example.com`;

async function signUp(email = newEmail()) {
	const reply = await post("/api/auth/signup", { email, password });
	const { session } = Session.parse(await reply.json());
	return { email, reply, token: session.access_token, userId: session.user.id, cookie: cookieOf(reply) };
}

/** The refresh cookie as a browser would send it back. */
function cookieOf(reply: Response): string {
	const set = reply.headers.getSetCookie().find((line) => line.startsWith("__Host-rt="));
	return set?.split(";")[0] ?? "";
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const profile = (userId: string, token: string) => knock(`/api/profiles/${userId}`, { headers: bearer(token) });

afterEach(() => {
	vi.useRealTimers();
});

describe("signing up", () => {
	it("opens an account with a wallet and a call identity, and signs in", async () => {
		const email = newEmail();

		const reply = await post("/api/auth/signup", { email, password, metadata: { fullName: "Ada Byron" } });

		expect(reply.status).toBe(201);
		const body = await reply.clone().json();
		expect(body).toMatchObject({ message: expect.any(String), user: { id: expect.any(String), email } });
		const { session } = Session.parse(body);
		const shown = await profile(session.user.id, session.access_token);
		expect(await shown.json()).toMatchObject({
			email,
			fullName: "Ada Byron",
			isAdmin: false,
			care4wId: expect.stringMatching(/^care4w-[0-9A-HJKMNP-TV-Z]{7}$/),
		});
		const wallet = await env.DB.prepare("SELECT available_micros FROM wallets WHERE account_id = ?")
			.bind(session.user.id)
			.first("available_micros");
		expect(wallet).toBe(0);
	});

	it("keeps the refresh token in a cookie that scripts and other sites cannot use", async () => {
		const { reply } = await signUp();

		const set = reply.headers.getSetCookie().find((line) => line.startsWith("__Host-rt="));

		expect(set).toMatch(/HttpOnly/);
		expect(set).toMatch(/Secure/);
		expect(set).toMatch(/SameSite=Strict/);
		expect(set).toMatch(/Path=\//);
	});

	it("does without Secure on plain http, which only development serves", async () => {
		const { app } = await import("../../app");
		const context = { waitUntil() {}, passThroughOnException() {}, props: {}, exports: undefined };

		const reply = await app.request(
			"http://127.0.0.1/api/auth/signup",
			{ method: "POST", headers: json, body: JSON.stringify({ email: newEmail(), password }) },
			env,
			context as unknown as ExecutionContext,
		);

		expect(reply.headers.getSetCookie()[0]).toMatch(/^rt=.*HttpOnly/);
		expect(reply.headers.getSetCookie()[0]).not.toMatch(/Secure/);
	});

	it("gives one address to one of twenty at once", async () => {
		const email = newEmail();

		const replies = await Promise.all(Array.from({ length: 20 }, () => post("/api/auth/signup", { email, password })));

		const statuses = replies.map(({ status }) => status).sort();
		expect(statuses).toEqual([201, ...Array(19).fill(409)]);
		const accounts = await env.DB.prepare(
			"SELECT count(*) AS n FROM accounts WHERE id NOT IN (SELECT account_id FROM users) OR id NOT IN (SELECT account_id FROM wallets)",
		).first("n");
		expect(accounts).toBe(0);
	});

	it.each([
		["in capitals", (email: string) => email.toUpperCase()],
		["in full-width letters", (email: string) => email.replace("example", "ｅｘａｍｐｌｅ")],
		["with spaces around", (email: string) => ` ${email} `],
	])("knows an address %s as the same", async (_, spelled) => {
		const { email } = await signUp();

		const again = await post("/api/auth/signup", { email: spelled(email), password });

		expect(again.status).toBe(409);
		expect(await again.json()).toMatchObject({ code: "already_exists" });
	});

	it.each([
		["a missing address", { password }],
		["no @", { email: "nobody", password }],
		["a letter that only looks Latin", { email: "аda@example.com", password }],
		["ten thousand letters", { email: `${"a".repeat(10_000)}@example.com`, password }],
		["a list for an address", { email: ["a@example.com"], password }],
		["a number for a password", { email: "a@example.com", password: 12345678 }],
		["seven characters", { email: "a@example.com", password: "abcdefg" }],
		["a password of 1,025 bytes", { email: "a@example.com", password: "é".repeat(513) }],
		["a most used password", { email: "a@example.com", password: "Password1" }],
		["a role", { email: "a@example.com", password, role: "owner" }],
		["a hidden administrator", { email: "a@example.com", password, metadata: { is_admin: true } }],
		["a hidden balance", { email: "a@example.com", password, metadata: { balance: 1e9 } }],
		["a verified address", { email: "a@example.com", password, metadata: { emailVerified: true } }],
		["a zone on Mars", { email: "a@example.com", password, metadata: { timeZone: "Mars/Phobos" } }],
	])("refuses %s", async (_, body) => {
		const reply = await post("/api/auth/signup", body);

		expect(reply.status).toBe(422);
		expect(await reply.json()).toMatchObject({ code: "invalid_input", details: [{ path: expect.any(String) }] });
	});

	it.each([["        "], [" leading space kept"], ["naïve 🔑🔑"], ["with\0nul inside"], ["x".repeat(1024)]])(
		"takes the password %j as it is, and no other for it",
		async (odd) => {
			const email = newEmail();
			await post("/api/auth/signup", { email, password: odd });

			const right = await post("/api/auth/login", { email, password: odd });
			const wrong = await post("/api/auth/login", { email, password: `${odd.slice(0, -1)}!` });

			expect([right.status, wrong.status]).toEqual([200, 401]);
		},
	);

	it("says 400 for broken JSON and 415 for a form", async () => {
		const broken = await knock("/api/auth/signup", { method: "POST", headers: json, body: "{" });
		const form = await knock("/api/auth/signup", { method: "POST", body: new URLSearchParams({ email: "a@b.co" }) });

		expect([broken.status, form.status]).toEqual([400, 415]);
	});

	it("makes the addresses of ADMIN_EMAILS administrators", async () => {
		const { userId, token } = await signUp("admin@trunkline.test");

		expect(await (await profile(userId, token)).json()).toMatchObject({ isAdmin: true });
	});
});

describe("logging in", () => {
	it("answers with a session in the contract's shape, for one hash and two round trips", async () => {
		const { email, userId } = await signUp();

		const reply = await post("/api/auth/login", { email, password });

		expect(reply.status).toBe(200);
		expect(reply.headers.get("server-timing")).toContain("2 round trips");
		const { session } = Session.parse(await reply.clone().json());
		expect(session.user).toEqual({ id: userId, email });
		expect(session.expires_at).toBeGreaterThan(Date.now() / 1000);
		expect((await profile(userId, session.access_token)).status).toBe(200);
	});

	it("says the same of a wrong password and of an unknown address", async () => {
		const { email } = await signUp();

		const wrong = await post("/api/auth/login", { email, password: "not the password" });
		const unknown = await post("/api/auth/login", { email: newEmail(), password });

		expect([wrong.status, unknown.status]).toEqual([401, 401]);
		const { requestId: _, ...first } = z.looseObject({}).parse(await wrong.json());
		const { requestId: __, ...second } = z.looseObject({}).parse(await unknown.json());
		expect(first).toEqual(second);
	});

	it("renews a hash that was made with an older pepper", async () => {
		const { email } = await signUp();
		const older = {
			...env,
			ENCRYPTION_KEYS: JSON.stringify({ 1: btoa("0123456789abcdef0123456789abcdef"), 2: btoa("x".repeat(32)) }),
		};
		const { app } = await import("../../app");
		const logIn = () =>
			app.request(
				"https://trunkline.test/api/auth/login",
				{ method: "POST", headers: json, body: JSON.stringify({ email, password }) },
				older,
				{
					waitUntil() {},
					passThroughOnException() {},
				} as unknown as ExecutionContext,
			);

		const reply = await logIn();

		expect(reply.status).toBe(200);
		const hash = await env.DB.prepare("SELECT password_hash FROM users WHERE email = ?")
			.bind(email)
			.first<string>("password_hash");
		expect(hash).toMatch(/^\$scrypt\$v=2\$ln=14,r=8,p=5\$/);
		expect((await logIn()).status).toBe(200);
	});
});

describe("refreshing", () => {
	it("gives a new session and a new cookie, in one round trip", async () => {
		const { cookie, userId } = await signUp();

		const reply = await post("/api/auth/refresh", undefined, { cookie });

		expect(reply.status).toBe(200);
		expect(reply.headers.get("server-timing")).toContain("1 round trips");
		const { session } = Session.parse(await reply.clone().json());
		expect((await profile(userId, session.access_token)).status).toBe(200);
		expect(cookieOf(reply)).not.toBe(cookie);
	});

	it("gives two tabs at once the same successor", async () => {
		const { cookie } = await signUp();

		const replies = await Promise.all([1, 2, 3].map(() => post("/api/auth/refresh", undefined, { cookie })));

		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(new Set(replies.map(cookieOf)).size).toBe(1);
		expect(
			(await post("/api/auth/refresh", undefined, { cookie: cookieOf(replies[0] ?? new Response()) })).status,
		).toBe(200);
	});

	it("ends the whole family when an old token comes back", async () => {
		const { cookie, userId } = await signUp();
		const next = await post("/api/auth/refresh", undefined, { cookie });
		const { session } = Session.parse(await next.clone().json());
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 11_000 });

		const reused = await post("/api/auth/refresh", undefined, { cookie });
		const heir = await post("/api/auth/refresh", undefined, { cookie: cookieOf(next) });

		expect([reused.status, heir.status]).toEqual([401, 401]);
		expect((await profile(userId, session.access_token)).status).toBe(401);
	});

	it("ends after two weeks of silence", async () => {
		const { cookie } = await signUp();
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + IDLE_MS + 1 });

		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(401);
	});

	it("ends after ninety days, however busy", async () => {
		const { cookie } = await signUp();
		let held = cookie;
		const start = Date.now();
		const statuses: number[] = [];
		for (let day = 13; day <= 91; day += 13) {
			vi.useFakeTimers({ toFake: ["Date"], now: start + day * 86_400_000 });
			const reply = await post("/api/auth/refresh", undefined, { cookie: held });
			statuses.push(reply.status);
			held = cookieOf(reply);
		}

		expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 401]);
	});

	it.each([
		["no cookie", {}],
		["an invented token", { cookie: "__Host-rt=invented" }],
	])("refuses %s", async (_, headers) => {
		expect((await post("/api/auth/refresh", undefined, headers)).status).toBe(401);
	});

	it.each([
		["another site", { "sec-fetch-site": "cross-site" }, 403],
		["a sibling", { "sec-fetch-site": "same-site" }, 403],
		["a foreign origin", { origin: "https://evil.example" }, 403],
		["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
		["our own page", { "sec-fetch-site": "same-origin", origin: "https://trunkline.test" }, 200],
	])("listens to a request of %s accordingly", async (_, headers, status) => {
		const { cookie } = await signUp();

		expect((await post("/api/auth/refresh", undefined, { cookie, ...headers })).status).toBe(status);
	});
});

describe("logging out", () => {
	it("ends the session: neither its cookie nor its access token opens anything afterwards", async () => {
		const { cookie, token, userId } = await signUp();

		const reply = await post("/api/auth/logout", undefined, { cookie, ...bearer(token) });

		expect(reply.status).toBe(200);
		expect(await reply.json()).toEqual({ message: expect.any(String) });
		expect(reply.headers.getSetCookie()[0]).toMatch(/^__Host-rt=;.*Max-Age=0/);
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(401);
		expect((await profile(userId, token)).status).toBe(401);
	});

	it.each(["the cookie", "the access token"])("needs no more than %s", async (by) => {
		const { cookie, token } = await signUp();

		const reply = await post("/api/auth/logout", undefined, by === "the cookie" ? { cookie } : bearer(token));

		expect(reply.status).toBe(200);
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(401);
	});

	it("has nothing to do for a stranger", async () => {
		expect((await post("/api/auth/logout")).status).toBe(401);
	});
});

describe("devices", () => {
	it("lists who is signed in, and ends one of them", async () => {
		const { email, token, cookie } = await signUp();
		const phone = await post(
			"/api/auth/login",
			{ email, password },
			{ "user-agent": "Phone", "cf-connecting-ip": "203.0.113.9" },
		);
		const list = () => knock("/api/auth/sessions", { headers: bearer(token) });
		const Devices = z.object({
			items: z.array(z.object({ id: z.string(), current: z.boolean(), userAgent: z.string(), ip: z.string() })),
		});

		const { items } = Devices.parse(await (await list()).json());

		expect(items).toMatchObject([{ current: false, userAgent: "Phone", ip: "203.0.113.9" }, { current: true }]);
		const ended = await knock(`/api/auth/sessions/${items[0]?.id}`, { method: "DELETE", headers: bearer(token) });
		expect(ended.status).toBe(200);
		expect((await post("/api/auth/refresh", undefined, { cookie: cookieOf(phone) })).status).toBe(401);
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(200);
		expect(Devices.parse(await (await list()).json()).items).toHaveLength(1);
	});

	it("ends all but the one that asks", async () => {
		const { email, token, cookie } = await signUp();
		await post("/api/auth/login", { email, password });
		await post("/api/auth/login", { email, password });

		const reply = await knock("/api/auth/sessions", { method: "DELETE", headers: bearer(token) });

		expect(await reply.json()).toEqual({ ended: 2 });
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(200);
	});

	it("does not know a stranger's device", async () => {
		const account = await openAccount();
		const { token, cookie } = await signUp();
		const { items } = z
			.object({ items: z.array(z.object({ id: z.string() })) })
			.parse(await (await knock("/api/auth/sessions", { headers: bearer(token) })).json());

		const reply = await account.call(`/api/auth/sessions/${items[0]?.id}`, undefined, { method: "DELETE" });

		expect(reply.status).toBe(404);
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(200);
	});
});

describe("access tokens", () => {
	const key = new TextEncoder().encode("test-jwt-secret-of-more-than-32-bytes-in-length");
	const forged = (
		change: (jwt: SignJWT) => SignJWT,
		userId: string,
		header: Record<string, unknown> = {},
		secret: Uint8Array = key,
	) =>
		change(
			new SignJWT({ acc: userId, sid: "ses_1" })
				.setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header })
				.setSubject(userId)
				.setIssuer("trunkline")
				.setAudience("trunkline-api")
				.setIssuedAt()
				.setJti("1")
				.setExpirationTime("5m"),
		).sign(secret);
	const base64 = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("=", "");

	it("are believed when they are ours", async () => {
		const { userId } = await openAccount();

		expect((await profile(userId, await forged((jwt) => jwt, userId))).status).toBe(200);
	});

	it.each([
		["expired", (jwt: SignJWT) => jwt.setExpirationTime("-2m")],
		["of another issuer", (jwt: SignJWT) => jwt.setIssuer("elsewhere")],
		["for another audience", (jwt: SignJWT) => jwt.setAudience("another-api")],
	])("are refused when %s", async (_, change) => {
		const { userId } = await openAccount();

		expect((await profile(userId, await forged(change, userId))).status).toBe(401);
	});

	it.each([
		["of another type", { typ: "JWT" }],
		["of another algorithm", { alg: "HS512" }],
	])("are refused when %s", async (_, header) => {
		const { userId } = await openAccount();

		expect((await profile(userId, await forged((jwt) => jwt, userId, header))).status).toBe(401);
	});

	it.each([
		["a path", { kid: "../../dev/null" }],
		["an injection", { kid: "' UNION SELECT 'x" }],
		["a foreign address", { jku: "https://evil.example/keys" }],
		["a key of its own", { jwk: { kty: "oct", k: "AAAA" } }],
	])("are not believed for naming %s as the key", async (_, header) => {
		const { userId } = await openAccount();
		const theirs = new TextEncoder().encode("some-other-secret-of-more-than-32-bytes!!");

		expect((await profile(userId, await forged((jwt) => jwt, userId, header, theirs))).status).toBe(401);
	});

	it("are refused without a signature", async () => {
		const { userId } = await openAccount();
		const claims = {
			acc: userId,
			sub: userId,
			sid: "s",
			jti: "1",
			iss: "trunkline",
			aud: "trunkline-api",
			iat: 1,
			exp: 9e9,
		};

		const reply = await profile(userId, `${base64({ alg: "none", typ: "at+jwt" })}.${base64(claims)}.`);

		expect(reply.status).toBe(401);
	});

	it("are refused without an expiry", async () => {
		const { userId } = await openAccount();
		const endless = await new SignJWT({ acc: userId, sid: "s" })
			.setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
			.setSubject(userId)
			.setIssuer("trunkline")
			.setAudience("trunkline-api")
			.setIssuedAt()
			.setJti("1")
			.sign(key);

		expect((await profile(userId, endless)).status).toBe(401);
	});

	it("cannot be replaced by a refresh token, nor sent by another scheme", async () => {
		const { userId, cookie, token } = await signUp();

		const asBearer = await profile(userId, cookie.split("=")[1] ?? "");
		const asBasic = await knock(`/api/profiles/${userId}`, { headers: { authorization: `Basic ${token}` } });

		expect([asBearer.status, asBasic.status]).toEqual([401, 401]);
	});

	it("cost no round trip to check", async () => {
		const { userId, token } = await signUp();

		const reply = await profile(userId, token);

		expect(reply.headers.get("server-timing")).toContain("1 round trips");
	});
});
