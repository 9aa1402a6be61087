import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Db, Statement } from "../db/client";
import { accounts, users, wallets } from "../db/tables";

export { liveSession } from "./sessions/store";

export type User = typeof users.$inferSelect;

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

/** What a sign-in needs to know of the one user with this address. */
export async function findByEmailAnyAccount(db: Db, emailKey: string) {
	const [found] = await db
		.select({
			id: users.id,
			accountId: users.accountId,
			email: users.email,
			status: users.status,
			accountStatus: accounts.status,
			passwordHash: users.passwordHash,
		})
		.from(users)
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.where(eq(users.emailKey, emailKey));
	return found;
}

/** Stores a password's hash, if the one it replaces is still there. */
export function renewPasswordHash(db: Db, userId: string, from: string, to: string): Statement {
	return db
		.update(users)
		.set({ passwordHash: to })
		.where(and(eq(users.id, userId), eq(users.passwordHash, from)));
}

const candidate = { isAdmin: users.isAdmin, emailKey: users.emailKey, emailVerifiedAt: users.emailVerifiedAt };

/** What decides whether this user is an administrator; undefined when it is not an active user. */
export async function findCandidate(db: Db, userId: string) {
	const [found] = await db
		.select(candidate)
		.from(users)
		.where(and(eq(users.id, userId), eq(users.status, "active")));
	return found;
}

/** The one who acts and the one acted for, in one read. Undefined when either is not there. */
export async function findActorAndTarget(db: Db, actorId: string, targetId: string) {
	const target = alias(users, "target");
	const [found] = await db
		.select({ actor: candidate, target: { id: target.id, accountId: target.accountId, role: target.role } })
		.from(users)
		.innerJoin(target, and(eq(target.id, targetId), sql`${target.status} <> 'removed'`))
		.where(and(eq(users.id, actorId), eq(users.status, "active")));
	return found;
}

/** One user of the account. */
export async function findUser(db: Db, accountId: string, userId: string): Promise<User | undefined> {
	const [found] = await db
		.select()
		.from(users)
		.where(and(eq(users.id, userId), eq(users.accountId, accountId)));
	return found;
}

type Changeable =
	| "fullName"
	| "companyName"
	| "avatarUrl"
	| "timeZone"
	| "country"
	| "theme"
	| "notifications"
	| "phonePromptDismissedAt";
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
