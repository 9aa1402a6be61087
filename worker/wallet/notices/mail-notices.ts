import type { House } from "../../scope";
import { markMailed, unmailedAnyAccount } from "./store";
import { wordingOf } from "./wording";

/** As many as fit well into one tick. */
const AT_MOST = 50;

/** Mails what accounts have been told but not yet by mail. A mail that does not go out is tried again in the next tick. */
export async function mailNotices({ db, mailer, now, settings }: House): Promise<void> {
	const mailed: number[] = [];
	for (const { seq, kind, detail, email } of await unmailedAnyAccount(db, AT_MOST)) {
		const { title, text } = wordingOf(kind, detail);
		try {
			await mailer.send({ to: email, subject: title, text: `${text}\n\n${settings.PUBLIC_BASE_URL}/wallet` });
			mailed.push(seq);
		} catch (error) {
			console.warn(JSON.stringify({ level: "warn", notice: seq, error: String(error) }));
		}
	}
	if (mailed.length > 0) await markMailed(db, mailed, now());
}
