import type { Statement } from "../../db/client";
import type { Mail } from "../../outside/mail/mailer";
import type { House } from "../../scope";
import { digestOf, newToken } from "../secrets";
import { addMailedToken, type Purpose } from "./store";

const HOUR_MS = 3_600_000;

interface Letter {
	hours: number;
	page: string;
	subject: string;
	text: string;
}

const LETTERS: Record<Purpose, Letter> = {
	reset: {
		hours: 1,
		page: "/reset",
		subject: "Choose a new password",
		text: "Somebody, hopefully you, asked for a new password at Trunkline. Choose one within an hour:",
	},
	verify: {
		hours: 72,
		page: "/verify",
		subject: "Is this your address?",
		text: "Welcome to Trunkline. Please confirm that this address is yours:",
	},
	invite: {
		hours: 168,
		page: "/join",
		subject: "You are invited to Trunkline",
		text: "You have been invited to make calls and send messages with Trunkline. Choose a password within a week:",
	},
};

/** A mail with a link that proves who reads it. `write` stores its token and goes first; then post the mail. */
export function letter(
	{ db, settings, now }: House,
	purpose: Purpose,
	to: { userId: string; email: string; emailKey: string },
): { write: Statement; mail: Mail } {
	const { hours, page, subject, text } = LETTERS[purpose];
	const token = newToken();
	const write = addMailedToken(db, {
		tokenHash: digestOf(token),
		userId: to.userId,
		purpose,
		emailKey: to.emailKey,
		now: now(),
		expiresAt: now() + hours * HOUR_MS,
	});
	const link = `${settings.PUBLIC_BASE_URL}${page}?token=${token}`;
	const closing = "If this was not you, you need not do anything.";
	return { write, mail: { to: to.email, subject, text: `${text}\n\n${link}\n\n${closing}\n` } };
}

/** Sends a mail after the answer has left: how long it takes tells nobody anything, and a lost one is asked for again. */
export function post(house: House, mail: Mail): void {
	house.defer(
		house.mailer
			.send(mail)
			.catch((error) => console.error(JSON.stringify({ level: "error", mail: mail.subject, error: String(error) }))),
	);
}
