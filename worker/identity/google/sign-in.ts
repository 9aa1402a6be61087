import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { Fault } from "../../errors";
import {
	authorizationUrl,
	type Handshake,
	IssuerUnreachable,
	SignInRefused,
	type Vouched,
	whoCameBack,
} from "../../outside/google";
import type { House } from "../../scope";
import { audit } from "../audit/store";
import { emailKey } from "../inputs";
import { withFreeCallIdentity } from "../sessions/sign-up";
import { type Device, type Granted, startSession } from "../sessions/start-session";
import { addAccount } from "../store";
import { findVouchedAnyAccount, linkIdentity } from "./store";

/** Why somebody whom the issuer vouches for is not let in; the login page explains it. */
export type Refusal = "google_unverified" | "google_confirm_first" | "google_suspended" | "google_second_factor";

export function beginGoogle(house: House, handshake: Handshake): Promise<string> {
	return reached(() => authorizationUrl(house.settings, handshake));
}

/**
 * Signs in whom the issuer vouches for: who is linked, who owns the verified address here, or somebody new. An address that is
 * unverified on either side links nothing: whoever wrote it down first may not be its owner.
 */
export async function finishGoogle(
	house: House,
	answer: URLSearchParams,
	handshake: Handshake,
	device: Device,
): Promise<Granted | Refusal> {
	const person = await reached(() => whoCameBack(house.settings, answer, handshake));
	const key = emailKey(person.email);
	const known = await findVouchedAnyAccount(house.db, { ...person, emailKey: key });
	if (!known) return person.emailVerified ? welcome(house, person, device) : "google_unverified";
	if (known.status !== "active" || known.accountStatus !== "active") return "google_suspended";
	// Google vouches for an address, not for the telephone with the authenticator app.
	if (known.factorConfirmedAt !== null) return "google_second_factor";
	const { writes, granted } = await startSession(house, known, device);
	if (!known.isLinked) {
		if (!person.emailVerified) return "google_unverified";
		if (known.emailVerifiedAt === null) return "google_confirm_first";
		writes.unshift(...linking(house, person, known, device));
	}
	await inOneBatch(house.db, writes);
	return granted;
}

async function welcome(house: House, person: Vouched, device: Device): Promise<Granted> {
	const id = `usr_${ulid()}`;
	const now = house.now();
	const owner = { id, accountId: id, email: person.email };
	const { writes, granted } = await startSession(house, owner, device);
	const row = {
		id,
		email: person.email,
		emailKey: emailKey(person.email),
		emailVerifiedAt: now,
		passwordHash: null,
		fullName: person.name,
		companyName: null,
		avatarUrl: null,
		timeZone: null,
		referralCode: null,
		now,
	};
	await withFreeCallIdentity((care4wId) =>
		inOneBatch(house.db, [
			...addAccount(house.db, { ...row, care4wId }),
			...linking(house, person, owner, device),
			...writes,
		]),
	);
	return granted;
}

function linking(
	house: House,
	{ issuer, subject }: Vouched,
	user: { id: string; accountId: string },
	device: Device,
): Statement[] {
	const { db, now } = house;
	return [
		linkIdentity(db, { issuer, subject, userId: user.id, linkedAt: now() }),
		audit(db, { accountId: user.accountId, userId: user.id, now, device }, { action: "google.linked" }),
	];
}

async function reached<T>(ask: () => Promise<T>): Promise<T> {
	try {
		return await ask();
	} catch (cause) {
		if (cause instanceof IssuerUnreachable)
			throw new Fault("try_again", "The sign-in provider cannot be reached. Try again shortly.", {
				retryAfter: 30,
				cause,
			});
		if (cause instanceof SignInRefused)
			throw new Fault("signed_out", "The sign-in provider's answer does not hold. Start again.", { cause });
		throw cause;
	}
}
