import { and, eq, ne, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { accounts, users, wallets } from "../db/tables";
import type { User } from "./people/store";

export {
	findActorAndTarget,
	findByEmailAnyAccount,
	findCandidate,
	findUser,
	type User,
} from "./people/store";
export { liveSession } from "./sessions/store";
export { spendAs } from "./sub-accounts/store";

export interface NewOwner {
	id: string;
	email: string;
	emailKey: string;
	emailVerifiedAt: number | null;
	passwordHash: string | null;
	fullName: string | null;
	companyName: string | null;
	avatarUrl: string | null;
	timeZone: string | null;
	care4wId: string;
	referralCode: string | null;
	now: number;
}

/** The account, its owner and its wallet; to be sent as one batch. A referral code that nobody has counts for nobody. */
export function addAccount(db: Db, { now, referralCode, ...owner }: NewOwner): Statement[] {
	return [
		db.insert(accounts).values({ id: owner.id, createdAt: now }),
		db.insert(users).values({
			...owner,
			accountId: owner.id,
			role: "owner",
			referredBy:
				referralCode && sql`(SELECT id FROM users WHERE referral_code = ${referralCode} AND is_affiliate = 1)`,
			createdAt: now,
			updatedAt: now,
		}),
		db.insert(wallets).values({ accountId: owner.id }),
	];
}

/** Stores a password's hash, if the one it replaces is still there. */
export function renewPasswordHash(db: Db, userId: string, from: string, to: string): Statement {
	return db
		.update(users)
		.set({ passwordHash: to })
		.where(and(eq(users.id, userId), eq(users.passwordHash, from)));
}

type Changeable =
	| "fullName"
	| "companyName"
	| "avatarUrl"
	| "timeZone"
	| "country"
	| "theme"
	| "notifications"
	| "phonePromptDismissedAt"
	| "isDiscoverable";
export type Changes = { [Name in Changeable]?: User[Name] | undefined };

/** Changes what a user may change of itself; undefined when the user is not of this account. */
export async function changeUser(
	db: Db,
	accountId: string,
	userId: string,
	changes: Changes,
	now: number,
): Promise<User | undefined> {
	const [changed] = await db
		.update(users)
		.set({ ...changes, updatedAt: now })
		.where(and(eq(users.id, userId), eq(users.accountId, accountId)))
		.returning();
	return changed;
}

/** Gives the user a personal number, or none. `users.personal_national` breaks when somebody has it. */
export function savePersonalNumber(
	db: Db,
	accountId: string,
	userId: string,
	phone: { e164: string; national: string } | null,
	now: number,
): Statement {
	return db
		.update(users)
		.set({ personalE164: phone?.e164 ?? null, personalNational: phone?.national ?? null, updatedAt: now })
		.where(and(eq(users.id, userId), eq(users.accountId, accountId)));
}

/** Makes the user an affiliate under this code, or under the one it has. False when there is no such user. */
export async function makeAffiliate(
	db: Db,
	accountId: string,
	userId: string,
	code: string,
	now: number,
): Promise<boolean> {
	const changed = await db
		.update(users)
		.set({ isAffiliate: true, referralCode: sql`coalesce(${users.referralCode}, ${code})`, updatedAt: now })
		.where(and(eq(users.id, userId), eq(users.accountId, accountId)))
		.returning({ id: users.id });
	return changed.length > 0;
}

/** Replaces the password. `verifiedAt`: a mail proved the address along the way. */
export function setPassword(
	db: Db,
	userId: string,
	{
		hash,
		isTemporary = false,
		verifiedAt,
		now,
	}: { hash: string; isTemporary?: boolean; verifiedAt?: number; now: number },
): Statement {
	return db
		.update(users)
		.set({
			passwordHash: hash,
			passwordIsTemporary: isTemporary,
			updatedAt: now,
			...(verifiedAt === undefined ? {} : { emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${verifiedAt})` }),
		})
		.where(eq(users.id, userId));
}

/** Notes that somebody has read a mail to the user's address. */
export function verifyEmail(db: Db, userId: string, now: number): Statement {
	return db
		.update(users)
		.set({ emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, ${now})`, updatedAt: now })
		.where(eq(users.id, userId));
}

export interface NewMember {
	id: string;
	email: string;
	emailKey: string;
	fullName: string | null;
	passwordHash: string | null;
	spendingLimitMicros: number | null;
	care4wId: string;
	now: number;
}

/** A sub-account: a user of its own in the owner's account. */
export function addMember(db: Db, accountId: string, { now, ...member }: NewMember): Statement {
	return db.insert(users).values({
		...member,
		accountId,
		role: "member",
		passwordIsTemporary: member.passwordHash !== null,
		createdAt: now,
		updatedAt: now,
	});
}

const memberOf = (accountId: string, memberId: string) =>
	and(eq(users.id, memberId), eq(users.accountId, accountId), eq(users.role, "member"), ne(users.status, "removed"));

/** Changes what the owner decides about a member. Returns its id, or no row when there is no such member. */
export function changeMember(
	db: Db,
	accountId: string,
	memberId: string,
	changes: {
		fullName?: string | null | undefined;
		spendingLimitMicros?: number | null | undefined;
		status?: "active" | "suspended";
	},
	now: number,
) {
	return db
		.update(users)
		.set({ ...changes, updatedAt: now })
		.where(memberOf(accountId, memberId))
		.returning({ id: users.id });
}

const nobody = {
	status: "removed",
	email: "",
	emailKey: sql`'removed:' || ${users.id}`,
	emailVerifiedAt: null,
	passwordHash: null,
	isAdmin: false,
	fullName: null,
	companyName: null,
	avatarUrl: null,
	timeZone: null,
	country: null,
	personalE164: null,
	personalNational: null,
	notifications: {},
	isAffiliate: false,
	referralCode: null,
} as const;

/** Takes a user out of the house: what it did stays, who it was does not, and its address and number are free again. */
export function removeUser(db: Db, accountId: string, userId: string, now: number) {
	return db
		.update(users)
		.set({ ...nobody, updatedAt: now })
		.where(and(eq(users.id, userId), eq(users.accountId, accountId), ne(users.status, "removed")))
		.returning({ id: users.id });
}

/** The same for everybody in the account. */
export function removeEverybody(db: Db, accountId: string, now: number): Statement {
	return db
		.update(users)
		.set({ ...nobody, updatedAt: now })
		.where(eq(users.accountId, accountId));
}

/** Opens or shuts the whole account. */
export function setAccountStatus(db: Db, accountId: string, status: "active" | "frozen" | "closed"): Statement {
	return db.update(accounts).set({ status }).where(eq(accounts.id, accountId));
}
