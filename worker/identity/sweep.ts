import { inOneBatch } from "../db/client";
import { dropOldMail } from "../outside/mail/store";
import type { House } from "../scope";
import { dropOldTokensAnyAccount } from "./passwords/store";
import { dropOldSessionsAnyAccount } from "./sessions/store";

const DAY_MS = 86_400_000;

/** Forgets what is over: sessions, mailed tokens, and the mails of a machine that sends none. */
export async function sweepIdentity({ db, now, settings }: House): Promise<void> {
	const before = now() - DAY_MS;
	await inOneBatch(db, [...dropOldSessionsAnyAccount(db, before), dropOldTokensAnyAccount(db, before)]);
	if (settings.ENVIRONMENT !== "production") await dropOldMail(db, now() - 7 * DAY_MS);
}
