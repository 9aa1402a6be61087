import { generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { callAs, openMember } from "../../test/access-matrix.people";
import { knock, openAccount } from "../../test/house";
import { cookieOf, PASSWORD, post, signInAgain, signUp } from "../../test/visitor";
import { stretched } from "../password";

const key = new TextEncoder().encode("test-jwt-secret-of-more-than-32-bytes-in-length");

/** Claims as an access token of this user has them. */
const claimed = (userId: string, alg: string, expires: string | number = "5m") =>
	new SignJWT({ acc: userId, sid: "ses_1" })
		.setProtectedHeader({ alg, typ: "at+jwt" })
		.setSubject(userId)
		.setIssuer("trunkline")
		.setAudience("trunkline-api")
		.setIssuedAt()
		.setJti(crypto.randomUUID())
		.setExpirationTime(expires);
const read = (token: string) => callAs(token, "/api/users/settings");

describe("an access token", () => {
	it("of a key pair is not ours, whatever it says", async () => {
		const { userId } = await openAccount();
		const { privateKey } = await generateKeyPair("RS256");

		expect((await read(await claimed(userId, "RS256").sign(privateKey))).status).toBe(401);
	});

	it("is taken by a clock that is half a minute late, not two", async () => {
		const { userId } = await openAccount();
		const seconds = Math.floor(Date.now() / 1000);

		const late = await read(await claimed(userId, "HS256", seconds - 30).sign(key));
		const tooLate = await read(await claimed(userId, "HS256", seconds - 120).sign(key));

		expect([late.status, tooLate.status]).toEqual([200, 401]);
	});

	it("is not one by being taken from elsewhere: cookie, query, another spelling of the header", async () => {
		const { token } = await signUp();

		const replies = await Promise.all([
			knock("/api/users/settings", { headers: { cookie: `access_token=${token}; __Host-rt=${token}` } }),
			knock(`/api/users/settings?access_token=${token}`),
			knock("/api/users/settings", { headers: { authorization: token } }),
			knock("/api/users/settings", { headers: { authorization: `Token ${token}` } }),
		]);

		expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
	});
});

describe("a refresh token", () => {
	it("that somebody planted is replaced by signing in, and ends nobody else's session", async () => {
		const [attacker, victim] = [await signUp(), await signUp()];

		const reply = await post(
			"/api/auth/login",
			{ email: victim.email, password: PASSWORD },
			{ cookie: attacker.cookie },
		);

		const given = cookieOf(reply);
		expect(given).not.toBe(attacker.cookie);
		const renewed = await post("/api/auth/refresh", undefined, { cookie: given });
		expect(await renewed.json()).toMatchObject({ session: { user: { id: victim.userId } } });
		const theirs = await post("/api/auth/refresh", undefined, { cookie: attacker.cookie });
		expect(await theirs.json()).toMatchObject({ session: { user: { id: attacker.userId } } });
	});

	it.each([
		["another site's page", { "sec-fetch-site": "cross-site" }],
		["a sibling domain", { "sec-fetch-site": "same-site" }],
		["another origin", { origin: "https://evil.example" }],
		["a sandboxed frame", { origin: "null" }],
	])("is not used by %s, for renewing or for signing out", async (_, headers) => {
		const { cookie } = await signUp();

		const replies = [
			await post("/api/auth/refresh", undefined, { cookie, ...headers }),
			await post("/api/auth/logout", undefined, { cookie, ...headers }),
		];

		expect(replies.map(({ status }) => status)).toEqual([403, 403]);
		expect((await post("/api/auth/refresh", undefined, { cookie })).status).toBe(200);
	});

	it.each(["", "x", "x".repeat(4_000), "'; DROP TABLE sessions; --", "%00"])("is not %j", async (token) => {
		const reply = await post("/api/auth/refresh", undefined, { cookie: `__Host-rt=${token}` });

		expect(reply.status).toBe(401);
	});
});

describe("an address or a password", () => {
	it.each([
		"a@example.com.",
		"a@@example.com",
		"a@example",
		"a b@example.com",
		"a@exa\u200bmple.com",
		"a@\nexample.com",
	])("is not an address when it is %j", async (email) => {
		expect((await post("/api/auth/signup", { email, password: PASSWORD })).status).toBe(422);
	});

	it.each([
		[8, 201],
		[64, 201],
		[100_000, 413],
	])("of %d characters is answered by %d", async (length, status) => {
		const email = `${crypto.randomUUID()}@example.com`;

		expect((await post("/api/auth/signup", { email, password: "z9".repeat(length / 2) })).status).toBe(status);
	});

	it("of twenty million bytes is not read to its end", async () => {
		const body = JSON.stringify({ email: "a@example.com", password: "x".repeat(20_000_000) });

		const reply = await knock("/api/auth/signup", {
			method: "POST",
			headers: { "content-type": "application/json" },
			body,
		});

		expect(reply.status).toBe(413);
	});
});

describe("sub-accounts of one owner", () => {
	it("do not see each other, nor what is the owner's", async () => {
		const owner = await openAccount({ balanceMicros: 1e6 });
		const [one, other] = [await openMember(owner), await openMember(owner)];

		const replies = [
			await one.call(`/api/profiles/${other.userId}`),
			await one.call(`/api/profiles/${other.userId}`, { fullName: "Mine" }, "PATCH"),
			await one.call(`/api/profiles/${owner.userId}`),
			await one.call("/api/users/phone", { phoneNumber: "+447712345678", userId: other.userId }, "PATCH"),
			await one.call(`/api/auth/sessions/${other.sessionId}`, undefined, "DELETE"),
			await one.call("/api/wallet"),
			await one.call("/api/sub-accounts"),
			await one.call("/api/account/export"),
		];

		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 403, 403, 403]);
	});

	it("of another owner are not exported, whoever is named", async () => {
		const [owner, stranger] = [await openAccount(), await openAccount()];
		const theirs = await openMember(stranger);

		const reply = await owner.call(`/api/account/export?userId=${stranger.userId}&accountId=${stranger.accountId}`);

		const text = await reply.text();
		expect(text).toContain(owner.email);
		expect(text).not.toContain(stranger.email);
		expect(text).not.toContain(theirs.email);
	});
});

describe("signing in", () => {
	it("costs one hash, whoever asks, and two round trips when it succeeds", async () => {
		const { email } = await signUp();
		const costOf = async (body: { email: string; password: string }) => {
			const before = stretched.count;
			const reply = await post("/api/auth/login", body);
			return [reply.status, stretched.count - before, reply.headers.get("server-timing")];
		};
		const trips = (count: number) => `d1;desc="${count} round trips"`;

		expect(await costOf({ email, password: PASSWORD })).toEqual([200, 1, trips(2)]);
		expect(await costOf({ email, password: "not this one" })).toEqual([401, 1, trips(1)]);
		expect(await costOf({ email: "nobody@example.com", password: PASSWORD })).toEqual([401, 1, trips(1)]);
	});

	it("starts a session of its own each time", async () => {
		const first = await signUp();
		const second = await signInAgain(first);

		expect(second.cookie).not.toBe(first.cookie);
		expect(second.token).not.toBe(first.token);
	});
});
