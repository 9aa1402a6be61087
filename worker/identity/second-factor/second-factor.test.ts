import { env } from "cloudflare:workers";
import { Secret, TOTP } from "otpauth";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { callAs } from "../../test/access-matrix.people";
import { knock } from "../../test/house";

const password = "correct horse battery";
const post = (path: string, body: unknown) =>
	knock(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const Session = z.looseObject({ session: z.object({ access_token: z.string() }) });
const codeOf = (secret: string, at = Date.now()) =>
	new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate({ timestamp: at });
const later = (seconds: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });

async function signUp() {
	const email = `${crypto.randomUUID()}@example.com`;
	const { session } = Session.parse(await (await post("/api/auth/signup", { email, password })).json());
	return {
		token: session.access_token,
		logIn: (code?: string) => post("/api/auth/login", { email, password, code }),
		email,
	};
}

/** A user with the second factor on; the clock stands one step later, so that a fresh code is there. */
async function withFactor() {
	later(0);
	const person = await signUp();
	const proposed = await callAs(person.token, "/api/auth/totp", {});
	const { secret, otpauthUrl } = z.object({ secret: z.string(), otpauthUrl: z.string() }).parse(await proposed.json());
	const confirmed = await callAs(person.token, "/api/auth/totp/confirm", { code: codeOf(secret) });
	const { recoveryCodes } = z.object({ recoveryCodes: z.array(z.string()) }).parse(await confirmed.json());
	later(60);
	return { ...person, secret, otpauthUrl, recoveryCodes };
}

afterEach(() => {
	vi.useRealTimers();
});

describe("the second factor", () => {
	it("is turned on by a code of the app, and is asked for from then on", async () => {
		const { logIn, secret, otpauthUrl, recoveryCodes, email, token } = await withFactor();

		const without = await logIn();
		const wrong = await logIn("000000");
		const right = await logIn(codeOf(secret));

		expect(otpauthUrl).toContain(`otpauth://totp/Trunkline:${encodeURIComponent(email)}`);
		expect(recoveryCodes).toHaveLength(10);
		expect(without.status).toBe(401);
		expect(await without.json()).toMatchObject({ code: "code_required" });
		expect([wrong.status, right.status]).toEqual([401, 200]);
		expect(right.headers.get("server-timing")).toContain("2 round trips");
		const shown = await (await callAs(token, "/api/auth/totp")).json();
		expect(shown).toMatchObject({ enabled: true, recoveryCodesLeft: 10 });
	});

	it("is not asked for before it is confirmed", async () => {
		const { token, logIn } = await signUp();
		await callAs(token, "/api/auth/totp", {});

		expect((await logIn()).status).toBe(200);
		expect((await callAs(token, "/api/auth/totp/confirm", { code: "123456" })).status).toBe(403);
		expect(await (await callAs(token, "/api/auth/totp")).json()).toMatchObject({ enabled: false });
	});

	it("takes a code once, even of two at the same moment", async () => {
		const { logIn, secret } = await withFactor();
		const code = codeOf(secret);

		const replies = await Promise.all([logIn(code), logIn(code)]);

		expect(replies.map(({ status }) => status).sort()).toEqual([200, 401]);
	});

	it("forgives a clock that is half a minute off, not more", async () => {
		const { logIn, secret } = await withFactor();

		const replies = [
			await logIn(codeOf(secret, Date.now() + 90_000)),
			await logIn(codeOf(secret, Date.now() + 30_000)),
		];

		expect(replies.map(({ status }) => status)).toEqual([401, 200]);
	});

	it("takes each recovery code once, however it is typed", async () => {
		const { token, logIn, recoveryCodes } = await withFactor();
		const code = recoveryCodes[3] ?? "";

		const first = await logIn(code.toLowerCase().replaceAll("-", " "));
		const second = await logIn(code);

		expect([first.status, second.status]).toEqual([200, 401]);
		expect(await (await callAs(token, "/api/auth/totp")).json()).toMatchObject({ recoveryCodesLeft: 9 });
	});

	it("gives new recovery codes, and the old ones are worthless", async () => {
		const { token, logIn, secret, recoveryCodes } = await withFactor();

		const renewed = await callAs(token, "/api/auth/totp/recovery-codes", { code: codeOf(secret) });

		const { recoveryCodes: fresh } = z.object({ recoveryCodes: z.array(z.string()) }).parse(await renewed.json());
		expect((await logIn(recoveryCodes[0])).status).toBe(401);
		expect((await logIn(fresh[0])).status).toBe(200);
	});

	it("is turned off by a code, not by the session alone", async () => {
		const { token, logIn, secret } = await withFactor();

		const wrong = await callAs(token, "/api/auth/totp", { code: "000000" }, "DELETE");
		const right = await callAs(token, "/api/auth/totp", { code: codeOf(secret) }, "DELETE");

		expect([wrong.status, right.status]).toEqual([403, 200]);
		expect((await logIn()).status).toBe(200);
	});

	it("cannot be replaced by a thief of the session", async () => {
		const { token } = await withFactor();

		expect((await callAs(token, "/api/auth/totp", {})).status).toBe(409);
	});

	it("keeps its secret sealed, for its own row only", async () => {
		const [one, other] = [await withFactor(), await withFactor()];
		const sealed = await env.DB.prepare("SELECT sealed_secret FROM second_factors").all<{ sealed_secret: string }>();
		expect(JSON.stringify(sealed.results)).not.toContain(one.secret);
		await env.DB.prepare(
			"UPDATE second_factors SET sealed_secret = (SELECT sealed_secret FROM second_factors WHERE user_id = (SELECT id FROM users WHERE email = ?1)) WHERE user_id = (SELECT id FROM users WHERE email = ?2)",
		)
			.bind(one.email, other.email)
			.run();

		expect((await other.logIn(codeOf(one.secret))).status).toBe(401);
		expect((await other.logIn(other.recoveryCodes[0])).status).toBe(200);
	});
});
