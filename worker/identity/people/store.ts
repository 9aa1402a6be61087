import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Db } from "../../db/client";
import { accounts, secondFactors, users } from "../../db/tables";

export type User = typeof users.$inferSelect;

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
			passwordIsTemporary: users.passwordIsTemporary,
			sealedSecret: secondFactors.sealedSecret,
			factorConfirmedAt: secondFactors.confirmedAt,
		})
		.from(users)
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.leftJoin(secondFactors, eq(secondFactors.userId, users.id))
		.where(eq(users.emailKey, emailKey));
	return found;
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
