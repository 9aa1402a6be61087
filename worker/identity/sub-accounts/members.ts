import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { revokeKeys } from "../api-keys/store";
import { audit } from "../audit/store";
import { emailKey } from "../inputs";
import { hashPassword } from "../password";
import { letter, post } from "../passwords/mails";
import { hangUp } from "../sessions/hang-up";
import { withFreeCallIdentity } from "../sessions/sign-up";
import { endSessions } from "../sessions/store";
import { addMember, changeMember, liveSession, removeUser, setPassword } from "../store";
import type { MemberChange, MemberInput } from "./inputs";
import { findMember, type MemberRow } from "./store";
import { monthOf } from "./wire";

/** Adds a sub-account: with a temporary password, or with an invitation by mail. */
export async function openMember(scope: Scope, input: MemberInput): Promise<MemberRow> {
	const { db, accountId, settings } = scope;
	const id = `usr_${ulid()}`;
	const { email, fullName = null, password, spendingLimit } = input;
	const passwordHash = password === undefined ? null : await hashPassword(settings, password);
	const invitation =
		passwordHash === null ? letter(scope, "invite", { userId: id, email, emailKey: emailKey(email) }) : null;
	await withFreeCallIdentity((care4wId) =>
		inOneBatch(db, [
			liveSession(db, scope),
			addMember(db, accountId, {
				id,
				email,
				emailKey: emailKey(email),
				fullName,
				passwordHash,
				spendingLimitMicros: spendingLimit?.amountMicros ?? null,
				care4wId,
				now: scope.now(),
			}),
			...(invitation ? [invitation.write] : []),
			audit(db, scope, { action: "member.added", object: id, detail: { invited: invitation !== null } }),
		]),
	);
	if (invitation) post(scope, invitation.mail);
	return readMember(scope, id);
}

export async function readMember({ db, accountId, now }: Scope, id: string): Promise<MemberRow> {
	const found = await findMember(db, accountId, id, monthOf(now()));
	if (!found) throw notFound("Sub-account");
	return found;
}

/** Mails the invitation again. */
export async function inviteAgain(scope: Scope, id: string): Promise<void> {
	const member = await readMember(scope, id);
	const { write, mail } = letter(scope, "invite", { userId: id, email: member.email, emailKey: member.emailKey });
	await inOneBatch(scope.db, [liveSession(scope.db, scope), write]);
	post(scope, mail);
}

/** Changes what the owner decides about a member. A new temporary password signs the member out everywhere. */
export async function alterMember(
	scope: Scope,
	id: string,
	{ password, spendingLimit, fullName }: MemberChange,
): Promise<MemberRow> {
	const { db, accountId } = scope;
	const now = scope.now();
	await readMember(scope, id);
	const hash = password && (await hashPassword(scope.settings, password));
	const limit = spendingLimit === undefined ? {} : { spendingLimitMicros: spendingLimit?.amountMicros ?? null };
	await ending(scope, [
		liveSession(db, scope),
		changeMember(db, accountId, id, { fullName, ...limit }, now),
		audit(db, scope, { action: "member.changed", object: id, detail: { ...limit, password: hash !== undefined } }),
		...(hash ? [setPassword(db, id, { hash, isTemporary: true, now }), ...locks(scope, id, "password changed")] : []),
	]);
	return readMember(scope, id);
}

/** Shuts a member out at once: its devices and keys stop working. */
export async function suspendMember(scope: Scope, id: string): Promise<void> {
	await settle(scope, id, "member.suspended", [
		changeMember(scope.db, scope.accountId, id, { status: "suspended" }, scope.now()),
		...locks(scope, id, "suspended"),
	]);
}

/** Lets a suspended member in again; it signs in anew. */
export async function resumeMember(scope: Scope, id: string): Promise<void> {
	await settle(scope, id, "member.resumed", [
		changeMember(scope.db, scope.accountId, id, { status: "active" }, scope.now()),
	]);
}

/** Removes a member for good. Its numbers go back to the owner, its address is free again, what it did stays. */
export async function removeMember(scope: Scope, id: string): Promise<void> {
	await settle(scope, id, "member.removed", [
		removeUser(scope.db, scope.accountId, id, scope.now()),
		...locks(scope, id, "removed"),
	]);
}

async function settle(scope: Scope, id: string, action: string, writes: Statement[]): Promise<void> {
	await readMember(scope, id);
	await ending(scope, [liveSession(scope.db, scope), ...writes, audit(scope.db, scope, { action, object: id })]);
}

function locks({ db, accountId, now }: Scope, id: string, reason: string): Statement[] {
	return [revokeKeys(db, accountId, id, { now: now() }), endSessions(db, id, { reason, now: now() })];
}

async function ending(scope: Scope, writes: Statement[]): Promise<void> {
	hangUp(scope, await inOneBatch<Statement>(scope.db, writes));
}
