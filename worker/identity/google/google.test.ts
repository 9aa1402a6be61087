import { env } from "cloudflare:workers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { app } from "../../app";
import { knock } from "../../test/house";

const ISSUER = "http://127.0.0.1:8819";
const settings = {
	...env,
	GOOGLE_ISSUER_URL: ISSUER,
	GOOGLE_CLIENT_ID: "client-1",
	GOOGLE_CLIENT_SECRET: "secret-1",
};
const context = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
const visit = (path: string, cookie = "", headers: Record<string, string> = {}) =>
	app.request(
		`https://trunkline.test${path}`,
		{ headers: { ...headers, ...(cookie ? { cookie } : {}) } },
		settings,
		context,
	);
const newEmail = () => `${crypto.randomUUID()}@example.com`;

/** An OpenID Connect provider that lives in `fetch`, with the ways in which one goes wrong. */
const provider = {
	claims: {} as Record<string, unknown>,
	keysStatus: 200,
	tokenStatus: 200,
	foreignKey: false,
	asked: new URLSearchParams(),
	challenge: "",
};

async function answer(url: string, body: string): Promise<Response> {
	if (url === `${ISSUER}/.well-known/openid-configuration`)
		return Response.json({
			issuer: ISSUER,
			authorization_endpoint: `${ISSUER}/authorize`,
			token_endpoint: `${ISSUER}/token`,
			jwks_uri: `${ISSUER}/keys`,
		});
	if (url === `${ISSUER}/keys`)
		return provider.keysStatus === 200
			? Response.json({ keys: [{ ...(await exportJWK((await keys()).publicKey)), kid: "k1", alg: "RS256" }] })
			: new Response("down", { status: provider.keysStatus });
	if (url !== `${ISSUER}/token`) throw new Error(`nobody lives at ${url}`);
	if (provider.tokenStatus !== 200) return Response.json({ error: "invalid_grant" }, { status: provider.tokenStatus });
	provider.asked = new URLSearchParams(body);
	const verifier = new TextEncoder().encode(provider.asked.get("code_verifier") ?? "");
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", verifier));
	if (digest.toBase64({ alphabet: "base64url", omitPadding: true }) !== provider.challenge)
		return Response.json({ error: "invalid_grant" }, { status: 400 });
	return Response.json({ access_token: "at", token_type: "bearer", id_token: await idToken() });
}

let pair: ReturnType<typeof generateKeyPair> | undefined;
function keys() {
	pair ??= generateKeyPair("RS256");
	return pair;
}

async function idToken(): Promise<string> {
	const { privateKey } = provider.foreignKey ? await generateKeyPair("RS256") : await keys();
	return new SignJWT({ iss: ISSUER, aud: "client-1", sub: "sub-1", email_verified: true, ...provider.claims })
		.setProtectedHeader({ alg: "RS256", kid: "k1" })
		.setIssuedAt()
		.setExpirationTime("5m")
		.sign(privateKey);
}

beforeEach(() => {
	Object.assign(provider, { claims: {}, keysStatus: 200, tokenStatus: 200, foreignKey: false });
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		// A real request refuses what the platform does not know, such as a way to redirect.
		const request = new Request(input, init);
		return answer(request.url, await request.text());
	});
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
});

const cookieOf = (reply: Response, name: string) =>
	reply.headers
		.getSetCookie()
		.find((line) => line.startsWith(`__Host-${name}=`))
		?.split(";")[0] ?? "";

/** Goes to the provider as a browser would, and comes back as `claims` say. */
async function start(claims: Record<string, unknown>, next = "/wallet") {
	const begun = await visit(`/api/auth/google?next=${encodeURIComponent(next)}`);
	const to = new URL(begun.headers.get("location") ?? "");
	provider.challenge = to.searchParams.get("code_challenge") ?? "";
	provider.claims = { nonce: to.searchParams.get("nonce"), ...claims };
	return { begun, to, cookie: cookieOf(begun, "google"), state: to.searchParams.get("state") ?? "" };
}

async function signIn(claims: Record<string, unknown>, next?: string) {
	const { cookie, state } = await start(claims, next);
	return visit(`/api/auth/google/callback?code=c1&state=${state}`, cookie);
}

async function whoIs(reply: Response): Promise<string> {
	const refreshed = await knock("/api/auth/refresh", { method: "POST", headers: { cookie: cookieOf(reply, "rt") } });
	return z.looseObject({ session: z.object({ user: z.object({ id: z.string() }) }) }).parse(await refreshed.json())
		.session.user.id;
}

async function signUp(email: string, isVerified: boolean): Promise<string> {
	const reply = await knock("/api/auth/signup", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ email, password: "correct horse battery" }),
	});
	const { user } = z.looseObject({ user: z.object({ id: z.string() }) }).parse(await reply.json());
	if (isVerified) await env.DB.prepare("UPDATE users SET email_verified_at = 1 WHERE id = ?").bind(user.id).run();
	return user.id;
}

describe("sign-in with Google", () => {
	it("sends the browser off with state, nonce and a PKCE challenge", async () => {
		const { begun, to } = await start({});

		expect(begun.status).toBe(302);
		expect(to.origin + to.pathname).toBe(`${ISSUER}/authorize`);
		expect(Object.fromEntries(to.searchParams)).toMatchObject({
			client_id: "client-1",
			redirect_uri: "https://trunkline.test/api/auth/google/callback",
			response_type: "code",
			scope: "openid email profile",
			code_challenge_method: "S256",
		});
		expect(begun.headers.getSetCookie()[0]).toMatch(/^__Host-google=.*HttpOnly; Secure; SameSite=Lax/);
	});

	it("opens an account for somebody new, with the address verified, and knows it the next time", async () => {
		const email = newEmail();
		const claims = { sub: crypto.randomUUID(), email, name: "Ada Byron" };

		const first = await signIn(claims);
		const second = await signIn({ ...claims, email: newEmail() });

		expect([first.status, first.headers.get("location")]).toEqual([302, "/wallet"]);
		const id = await whoIs(first);
		expect(await whoIs(second)).toBe(id);
		const user = await env.DB.prepare("SELECT full_name, email, email_verified_at FROM users WHERE id = ?")
			.bind(id)
			.first();
		expect(user).toMatchObject({ full_name: "Ada Byron", email, email_verified_at: expect.any(Number) });
	});

	it("links to the account whose address is verified on both sides", async () => {
		const email = newEmail();
		const id = await signUp(email, true);

		const reply = await signIn({ sub: crypto.randomUUID(), email: email.toUpperCase() });

		expect(await whoIs(reply)).toBe(id);
	});

	it.each([
		["nobody here has confirmed", false, true, "google_confirm_first"],
		["Google has not verified", true, false, "google_unverified"],
	])("links nothing to an address that %s", async (_, isVerifiedHere, isVerifiedThere, error) => {
		const email = newEmail();
		await signUp(email, isVerifiedHere);

		const reply = await signIn({ sub: crypto.randomUUID(), email, email_verified: isVerifiedThere });

		expect(reply.headers.get("location")).toBe(`/login?error=${error}`);
		expect(cookieOf(reply, "rt")).toBe("");
	});

	it("opens no account for an address that Google has not verified", async () => {
		const reply = await signIn({ sub: crypto.randomUUID(), email: newEmail(), email_verified: false });

		expect(reply.headers.get("location")).toBe("/login?error=google_unverified");
	});

	it("lets nobody in who was suspended", async () => {
		const email = newEmail();
		const id = await signUp(email, true);
		await env.DB.prepare("UPDATE users SET status = 'suspended' WHERE id = ?").bind(id).run();

		const reply = await signIn({ sub: crypto.randomUUID(), email });

		expect(reply.headers.get("location")).toBe("/login?error=google_suspended");
	});

	it.each([
		["for another client", { aud: "client-2" }],
		["of another issuer", { iss: "https://evil.example" }],
		["with another nonce", { nonce: "replayed" }],
		["without a nonce", { nonce: undefined }],
		["without an address", { email: undefined }],
	])("refuses an ID token %s", async (_, claims) => {
		const reply = await signIn({ sub: crypto.randomUUID(), email: newEmail(), ...claims });

		expect(reply.status).toBe(401);
		expect(cookieOf(reply, "rt")).toBe("");
	});

	it("refuses an ID token that somebody else signed", async () => {
		provider.foreignKey = true;

		expect((await signIn({ email: newEmail() })).status).toBe(401);
	});

	it("accepts nobody while the keys cannot be had: 503", async () => {
		provider.keysStatus = 500;

		const reply = await signIn({ email: newEmail() });

		expect(reply.status).toBe(503);
		expect(reply.headers.get("retry-after")).toBe("30");
		expect(cookieOf(reply, "rt")).toBe("");
	});

	it.each([
		[500, 503],
		[400, 401],
	])("answers a token endpoint that says %d with %d", async (tokenStatus, status) => {
		provider.tokenStatus = tokenStatus;

		expect((await signIn({ email: newEmail() })).status).toBe(status);
	});

	it("is unavailable while the issuer is", async () => {
		vi.mocked(globalThis.fetch).mockRejectedValue(new TypeError("connection refused"));

		expect((await visit("/api/auth/google")).status).toBe(503);
	});

	it.each([
		["another state", (state: string) => `code=c1&state=${state}x`, true],
		["no state", () => "code=c1", true],
		["no cookie: started in another browser", (state: string) => `code=c1&state=${state}`, false],
	])("refuses a return with %s", async (_, query, hasCookie) => {
		const { cookie, state } = await start({ email: newEmail() });

		const reply = await visit(`/api/auth/google/callback?${query(state)}`, hasCookie ? cookie : "");

		expect(reply.status).toBe(401);
	});

	it("refuses a handshake that was tampered with, or is old", async () => {
		const { cookie, state } = await start({ email: newEmail() });
		const forged = cookie.replace(/=.{5}/, "=AAAAA");
		const back = `/api/auth/google/callback?code=c1&state=${state}`;

		const tampered = await visit(back, forged);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
		const old = await visit(back, cookie);

		expect([tampered.status, old.status]).toEqual([401, 401]);
	});

	it("leads a browser back to the door, whatever went wrong", async () => {
		const accept = { accept: "text/html,application/xhtml+xml" };
		const { cookie, state } = await start({ email: newEmail() });
		const back = `/api/auth/google/callback?code=c1&state=${state}`;
		provider.keysStatus = 500;

		const replies = [
			await visit(back, "", accept),
			await visit(`${back}x`, cookie, accept),
			await visit(back, cookie, accept),
			await knock("/api/auth/google", { headers: accept, redirect: "manual" }),
		];

		expect(replies.map((reply) => [reply.status, reply.headers.get("location")])).toEqual([
			[302, "/login?error=google_again"],
			[302, "/login?error=google_again"],
			[302, "/login?error=google_unreachable"],
			[302, "/login?error=google_off"],
		]);
		expect(replies.map((reply) => cookieOf(reply, "rt"))).toEqual(["", "", "", ""]);
	});

	it("is no way around the second factor", async () => {
		const email = newEmail();
		const userId = await signUp(email, true);
		const linked = await signIn({ sub: userId, email });
		await env.DB.prepare(
			"INSERT INTO second_factors (user_id, sealed_secret, confirmed_at, created_at) VALUES (?, 's', 1, 1)",
		)
			.bind(userId)
			.run();

		const reply = await signIn({ sub: userId, email });

		expect(linked.headers.get("location")).toBe("/wallet");
		expect(reply.headers.get("location")).toBe("/login?error=google_second_factor");
		expect(cookieOf(reply, "rt")).toBe("");
	});

	it("goes back to the login page when the person says no", async () => {
		const { cookie, state } = await start({});

		const reply = await visit(`/api/auth/google/callback?error=access_denied&state=${state}`, cookie);

		expect(reply.headers.get("location")).toBe("/login?error=google_denied");
	});

	it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil.example"])(
		"does not lead to %j afterwards",
		async (next) => {
			const reply = await signIn({ sub: crypto.randomUUID(), email: newEmail() }, next);

			expect(reply.headers.get("location")).toBe("/dashboard");
		},
	);

	it("is not there without its settings, and the login page can tell", async () => {
		const providers = await visit("/api/auth/providers");

		expect(await providers.json()).toEqual({ google: true });
		expect(await (await knock("/api/auth/providers")).json()).toEqual({ google: false });
		expect((await knock("/api/auth/google")).status).toBe(404);
	});
});
