import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "../../db/client";
import { users } from "../../db/tables";

/** How many people signed up with the user's referral code. */
export async function countReferred(db: Db, userId: string): Promise<number> {
	return db.$count(users, eq(users.referredBy, userId));
}

/** Whom this user brought in, newest first. Of other people's accounts: no more than a name. */
export function listReferred(
	db: Db,
	userId: string,
	{ before, limit }: { before?: string | undefined; limit: number },
) {
	return db
		.select({ id: users.id, fullName: users.fullName, createdAt: users.createdAt })
		.from(users)
		.where(and(eq(users.referredBy, userId), before === undefined ? undefined : lt(users.id, before)))
		.orderBy(desc(users.id))
		.limit(limit + 1);
}

/** The affiliate with this code. */
export async function referrerOfAnyAccount(db: Db, code: string): Promise<string | undefined> {
	const [found] = await db
		.select({ id: users.id })
		.from(users)
		.where(and(eq(users.referralCode, code), eq(users.isAffiliate, true)));
	return found?.id;
}
