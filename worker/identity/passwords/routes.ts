import { type Context, Hono } from "hono";
import { byPerson } from "../../http/by-person";
import type { HttpEnv } from "../../http/http-env";
import { addressOf, type Bucket, HOUR, within } from "../../http/limits";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { emailKey } from "../inputs";
import { deviceOf } from "../sessions/device-of";
import { ChangeInput, ForgotInput, InvitationInput, InvitationShape, Message, ResetInput, VerifyInput } from "./inputs";
import { changePassword, confirmEmail, mailReset, mailVerification, readInvitation, resetPassword } from "./passwords";

const FORGOT = "If the address is one of ours, a mail is on its way.";

export const passwordsApi = new Hono<HttpEnv>()
	.post(
		"/password/forgot",
		says("Mails a link for a new password", 200, Message),
		valid("json", ForgotInput),
		async (c) => {
			const { email } = c.req.valid("json");
			await within(c, forgotBuckets(c, email), async () => c.var.house.defer(mailReset(c.var.house, email)));
			return c.json({ message: FORGOT });
		},
	)
	.post(
		"/password/reset",
		says("Sets a new password with a mailed token", 200, Message),
		valid("json", ResetInput),
		async (c) => {
			await within(c, tokenBuckets(c), () => resetPassword(c.var.house, c.req.valid("json"), deviceOf(c)));
			return c.json({ message: "The password is set. Sign in with it." });
		},
	)
	.post(
		"/invitation",
		says("Whom a mailed invitation is for", 200, InvitationShape),
		valid("json", InvitationInput),
		async (c) => {
			const { token } = c.req.valid("json");
			return c.json(await within(c, tokenBuckets(c), () => readInvitation(c.var.house, token)));
		},
	)
	.post(
		"/password/change",
		says("Replaces the caller's password", 200, Message),
		signedIn,
		byPerson,
		valid("json", ChangeInput),
		async (c) => {
			const buckets = [failures(`password:${c.var.scope.userId}`, 10)];
			await within(c, buckets, () => changePassword(c.var.scope, c.req.valid("json")));
			return c.json({ message: "The password is changed. Other devices are signed out." });
		},
	)
	.post(
		"/email/verify",
		says("Confirms an address with a mailed token", 200, Message),
		valid("json", VerifyInput),
		async (c) => {
			await within(c, tokenBuckets(c), () => confirmEmail(c.var.house, c.req.valid("json").token));
			return c.json({ message: "Thank you, the address is yours." });
		},
	)
	.post("/email/resend", says("Mails the link to confirm one's address again", 200, Message), signedIn, async (c) => {
		const buckets = [{ key: `verify:${c.var.scope.userId}`, windows: [{ most: 5, seconds: HOUR }] }];
		await within(c, buckets, () => mailVerification(c.var.scope));
		return c.json({ message: "A mail is on its way." });
	});

function failures(key: string, most: number): Bucket {
	return { key, windows: [{ most, seconds: HOUR }], counts: "failures" };
}

const tokenBuckets = (c: Context<HttpEnv>) => [failures(`token:${addressOf(c)}`, 30)];

function forgotBuckets(c: Context<HttpEnv>, email: string): Bucket[] {
	return [
		{ key: `forgot:${emailKey(email)}`, windows: [{ most: 5, seconds: HOUR }] },
		{ key: `forgot-from:${addressOf(c)}`, windows: [{ most: 30, seconds: HOUR }] },
	];
}
