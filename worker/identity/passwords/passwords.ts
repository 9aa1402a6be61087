import { inOneBatch, type Statement } from "../../db/client";
import { Fault } from "../../errors";
import type { House, Scope } from "../../scope";
import { audit } from "../audit/store";
import { emailKey } from "../inputs";
import { hashPassword, isPassword } from "../password";
import { digestOf } from "../secrets";
import { hangUp } from "../sessions/hang-up";
import type { Device } from "../sessions/start-session";
import { endSessions } from "../sessions/store";
import { findByEmailAnyAccount, findUser, liveSession, setPassword, verifyEmail } from "../store";
import type { ChangeInput, ResetInput } from "./inputs";
import { letter, post } from "./mails";
import { dropMailedTokens, findInvitationAnyAccount, findMailedTokenAnyAccount, useMailedToken } from "./store";

/** Mails a link for a new password, if the address is somebody's. Meant to be deferred: the asker must not learn which. */
export async function mailReset(house: House, email: string): Promise<void> {
	const person = await findByEmailAnyAccount(house.db, emailKey(email));
	if (person?.status !== "active" || person.accountStatus !== "active") return;
	const { write, mail } = letter(house, "reset", { userId: person.id, email: person.email, emailKey: emailKey(email) });
	await inOneBatch(house.db, [write]);
	post(house, mail);
}

/** Sets the password of whom the mailed token speaks for, and signs all its devices out. Opens an invitation as well. */
export async function resetPassword(house: House, { token, password }: ResetInput, device: Device): Promise<void> {
	const { db, settings } = house;
	const now = house.now();
	const found = await findMailedTokenAnyAccount(db, digestOf(token), ["reset", "invite"], now);
	if (found?.status !== "active") throw spent();
	const hash = await hashPassword(settings, password);
	await endingSessions(house, found.userId, {}, [
		...useMailedToken(db, digestOf(token), now),
		dropMailedTokens(db, found.userId, ["reset", "invite"], now),
		setPassword(db, found.userId, { hash, verifiedAt: now, now }),
		audit(
			db,
			{ ...found, device, now: house.now },
			{ action: `password.${found.purpose === "reset" ? "reset" : "chosen"}` },
		),
	]);
}

/** Whom an invitation is for and who sent it, for the page that it leads to. Changes nothing. */
export async function readInvitation({ db, now }: House, token: string) {
	const found = await findInvitationAnyAccount(db, digestOf(token), now());
	if (!found) throw spent();
	const { owner, ...invited } = found;
	const invitedBy = [owner.name, owner.company].filter(Boolean).join(", ") || owner.email;
	return { ...invited, invitedBy };
}

/** Replaces the caller's password and signs its other devices out. */
export async function changePassword(scope: Scope, input: ChangeInput): Promise<void> {
	const { db, settings, accountId, userId } = scope;
	const user = await findUser(db, accountId, userId);
	if (!(await isPassword(settings, input.currentPassword, user?.passwordHash ?? null)))
		throw new Fault("not_allowed", "The current password is wrong.");
	const hash = await hashPassword(settings, input.newPassword);
	await endingSessions(scope, userId, scope.sessionId ? { except: scope.sessionId } : {}, [
		liveSession(db, scope),
		setPassword(db, userId, { hash, now: scope.now() }),
		dropMailedTokens(db, userId, ["reset"], scope.now()),
		audit(db, scope, { action: "password.changed" }),
	]);
}

/** Marks the address as read by its owner. */
export async function confirmEmail(house: House, token: string): Promise<void> {
	const { db } = house;
	const now = house.now();
	const found = await findMailedTokenAnyAccount(db, digestOf(token), ["verify"], now);
	if (!found) throw spent();
	await inOneBatch(db, [...useMailedToken(db, digestOf(token), now), verifyEmail(db, found.userId, now)]);
}

/** Mails the caller a link to confirm its address, unless that is done. */
export async function mailVerification(scope: Scope): Promise<void> {
	const user = await findUser(scope.db, scope.accountId, scope.userId);
	if (!user || user.emailVerifiedAt !== null) return;
	const { write, mail } = letter(scope, "verify", { userId: user.id, email: user.email, emailKey: user.emailKey });
	await inOneBatch(scope.db, [dropMailedTokens(scope.db, user.id, ["verify"], scope.now()), write]);
	post(scope, mail);
}

async function endingSessions(
	house: House,
	userId: string,
	spare: { except?: string },
	writes: Statement[],
): Promise<void> {
	const ends = endSessions(house.db, userId, { ...spare, reason: "password changed", now: house.now() });
	hangUp(house, await inOneBatch<Statement>(house.db, [...writes, ends]));
}

function spent(): Fault {
	return new Fault("invalid_input", "This link is no longer good. Ask for a new one.", {
		details: [{ path: "token", message: "used, expired or unknown" }],
	});
}
