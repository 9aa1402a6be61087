import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { callAs, openMember } from "../../test/access-matrix.people";
import { knock } from "../../test/house";

const password = "correct horse battery";
const other = "another horse battery";
const newEmail = () => `${crypto.randomUUID()}@example.com`;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	knock(path, {
		method: "POST",
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
const logIn = (email: string, secret: string) => post("/api/auth/login", { email, password: secret });
const Session = z.looseObject({ session: z.object({ access_token: z.string(), user: z.object({ id: z.string() }) }) });

async function signUp() {
	const email = newEmail();
	const { session } = Session.parse(await (await post("/api/auth/signup", { email, password })).json());
	return { email, token: session.access_token, userId: session.user.id };
}

/** Waits for a mail with this subject and takes the token out of its link. */
function mailedToken(to: string, subject: RegExp): Promise<string> {
	return vi.waitFor(async () => {
		const { results } = await env.DB.prepare(
			"SELECT subject, body FROM mail_outbox WHERE recipient = ? ORDER BY id DESC",
		)
			.bind(to)
			.all<{ subject: string; body: string }>();
		const mail = results.find((mail) => subject.test(mail.subject));
		const token = /https:\/\/trunkline\.test\/\w+\?token=([\w-]{43})\b/.exec(mail?.body ?? "")?.[1];
		if (!token) throw new Error("no mail yet");
		return token;
	});
}

afterEach(() => {
	vi.useRealTimers();
});

describe("a forgotten password", () => {
	it("is replaced by a mailed link, once, and every device is signed out", async () => {
		const { email, token } = await signUp();
		await post("/api/auth/password/forgot", { email: email.toUpperCase() });
		const link = await mailedToken(email, /new password/);

		const reset = await post("/api/auth/password/reset", { token: link, password: other });
		const again = await post("/api/auth/password/reset", { token: link, password });

		expect([reset.status, again.status]).toEqual([200, 422]);
		expect((await callAs(token, "/api/users/settings")).status).toBe(401);
		expect([(await logIn(email, password)).status, (await logIn(email, other)).status]).toEqual([401, 200]);
	});

	it("says the same of an unknown address, without having asked the database", async () => {
		const { email } = await signUp();

		const known = await post("/api/auth/password/forgot", { email });
		const unknown = await post("/api/auth/password/forgot", { email: newEmail() });

		expect([known.status, unknown.status]).toEqual([200, 200]);
		expect(await known.json()).toEqual(await unknown.json());
	});

	it("sends nothing to an unknown address", async () => {
		const [unknown, { email }] = [newEmail(), await signUp()];
		await post("/api/auth/password/forgot", { email: unknown });
		await post("/api/auth/password/forgot", { email });
		await mailedToken(email, /new password/);

		const mails = await env.DB.prepare("SELECT count(*) AS n FROM mail_outbox WHERE recipient = ?")
			.bind(unknown)
			.first("n");

		expect(mails).toBe(0);
	});

	it("has a link for an hour", async () => {
		const { email } = await signUp();
		await post("/api/auth/password/forgot", { email });
		const link = await mailedToken(email, /new password/);
		vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_001 });

		expect((await post("/api/auth/password/reset", { token: link, password: other })).status).toBe(422);
	});

	it("is reset by one of several at once", async () => {
		const { email } = await signUp();
		await post("/api/auth/password/forgot", { email });
		const link = await mailedToken(email, /new password/);

		const replies = await Promise.all(
			Array.from({ length: 5 }, (_, n) => post("/api/auth/password/reset", { token: link, password: `${other} ${n}` })),
		);

		expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
	});

	it("is not reset with a link for something else, or an invented one, or by a weak password", async () => {
		const { email } = await signUp();
		const verification = await mailedToken(email, /your address/);

		const replies = [
			await post("/api/auth/password/reset", { token: verification, password: other }),
			await post("/api/auth/password/reset", { token: "x".repeat(43), password: other }),
			await post("/api/auth/password/reset", { token: verification, password: "password1" }),
		];

		expect(replies.map(({ status }) => status)).toEqual([422, 422, 422]);
	});

	it("is no way in for a suspended member", async () => {
		const { token, userId } = await signUp();
		const member = await openMember({ accountId: userId });
		await post("/api/auth/password/forgot", { email: member.email });
		const link = await mailedToken(member.email, /new password/);
		await callAs(token, `/api/sub-accounts/${member.userId}/suspend`, {});

		expect((await post("/api/auth/password/reset", { token: link, password: other })).status).toBe(422);
	});
});

describe("a password", () => {
	it("is changed by who knows it; other devices are signed out, this one stays", async () => {
		const { email, token } = await signUp();
		const phone = Session.parse(await (await logIn(email, password)).json());

		const reply = await callAs(token, "/api/auth/password/change", { currentPassword: password, newPassword: other });

		expect(reply.status).toBe(200);
		expect((await callAs(phone.session.access_token, "/api/users/settings")).status).toBe(401);
		expect((await callAs(token, "/api/users/settings")).status).toBe(200);
		expect((await logIn(email, other)).status).toBe(200);
	});

	it("is not changed by who does not", async () => {
		const { email, token } = await signUp();

		const reply = await callAs(token, "/api/auth/password/change", { currentPassword: other, newPassword: other });

		expect(reply.status).toBe(403);
		expect((await logIn(email, password)).status).toBe(200);
	});

	it("is not changed by a session that has ended, though its token lives", async () => {
		const { email, token } = await signUp();
		await env.DB.prepare("UPDATE sessions SET revoked_at = 1 WHERE user_id = (SELECT id FROM users WHERE email = ?)")
			.bind(email)
			.run();

		const reply = await callAs(token, "/api/auth/password/change", { currentPassword: password, newPassword: other });

		expect(reply.status).toBe(401);
		expect(await reply.json()).toMatchObject({ code: "signed_out" });
	});
});

describe("an address", () => {
	it("is confirmed by the link that sign-up mails", async () => {
		const { email, token, userId } = await signUp();
		const link = await mailedToken(email, /your address/);

		const reply = await post("/api/auth/email/verify", { token: link });

		expect(reply.status).toBe(200);
		expect(await (await callAs(token, `/api/profiles/${userId}`)).json()).toMatchObject({ emailVerified: true });
		expect((await post("/api/auth/email/verify", { token: link })).status).toBe(422);
	});

	it("gets a new link on request, which replaces the old one", async () => {
		const { email, token } = await signUp();
		const first = await mailedToken(email, /your address/);

		await callAs(token, "/api/auth/email/resend", {});
		const second = await vi.waitFor(async () => {
			const found = await mailedToken(email, /your address/);
			expect(found).not.toBe(first);
			return found;
		});

		expect((await post("/api/auth/email/verify", { token: first })).status).toBe(422);
		expect((await post("/api/auth/email/verify", { token: second })).status).toBe(200);
	});
});
