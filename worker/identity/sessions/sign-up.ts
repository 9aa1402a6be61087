import { ulid } from "ulid";
import { inOneBatch } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { Fault } from "../../errors";
import type { House } from "../../scope";
import { newCare4wId } from "../care4w-id";
import { emailKey } from "../inputs";
import { hashPassword } from "../password";
import { letter, post } from "../passwords/mails";
import { addAccount } from "../store";
import type { SignUpInput } from "./inputs";
import { type Device, type Granted, startSession } from "./start-session";

/**
 * Opens an account with its owner and wallet, and signs the owner in. All rows or none.
 * An address that is taken is said to be: people who forgot that they have an account need to know. The door throttles such answers.
 */
export async function signUp(
	house: House,
	{ email, password, metadata }: SignUpInput,
	device: Device,
): Promise<Granted> {
	const passwordHash = await hashPassword(house.settings, password);
	const id = `usr_${ulid()}`;
	const { writes, granted } = await startSession(house, { id, accountId: id, email }, device);
	const owner = {
		id,
		email,
		emailKey: emailKey(email),
		emailVerifiedAt: null,
		passwordHash,
		fullName: metadata.fullName ?? null,
		companyName: metadata.companyName ?? null,
		avatarUrl: null,
		timeZone: metadata.timeZone ?? null,
		referralCode: metadata.referralCode ?? null,
		now: house.now(),
	};
	const welcome = letter(house, "verify", { userId: id, email, emailKey: owner.emailKey });
	await withFreeCallIdentity((care4wId) =>
		inOneBatch(house.db, [...addAccount(house.db, { ...owner, care4wId }), ...writes, welcome.write]),
	);
	post(house, welcome.mail);
	return granted;
}

/** Writes with a fresh call identity, again when chance gave one that is taken. */
export async function withFreeCallIdentity(write: (care4wId: string) => Promise<unknown>, tries = 3): Promise<void> {
	try {
		await write(newCare4wId());
	} catch (error) {
		const rule = brokenRule(error);
		if (rule === "users.email_key")
			throw new Fault("already_exists", "There is an account with this address already. Sign in instead.", {
				cause: error,
			});
		if (rule !== "users.care4w_id" || tries <= 1) throw error;
		await withFreeCallIdentity(write, tries - 1);
	}
}
