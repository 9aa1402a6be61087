import { and, eq, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { accounts, linkedIdentities, secondFactors, users } from "../../db/tables";

/** Who may come in as this person: whoever it is linked to, else whoever has its address. */
export async function findVouchedAnyAccount(
	db: Db,
	{ issuer, subject, emailKey }: { issuer: string; subject: string; emailKey: string },
) {
	const [found] = await db
		.select({
			id: users.id,
			accountId: users.accountId,
			email: users.email,
			emailVerifiedAt: users.emailVerifiedAt,
			status: users.status,
			accountStatus: accounts.status,
			factorConfirmedAt: secondFactors.confirmedAt,
			isLinked: sql<number>`${linkedIdentities.userId} IS NOT NULL`.as("is_linked"),
		})
		.from(users)
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.leftJoin(secondFactors, eq(secondFactors.userId, users.id))
		.leftJoin(
			linkedIdentities,
			and(
				eq(linkedIdentities.userId, users.id),
				eq(linkedIdentities.issuer, issuer),
				eq(linkedIdentities.subject, subject),
			),
		)
		.where(
			sql`${users.id} = coalesce(
				(SELECT user_id FROM linked_identities WHERE issuer = ${issuer} AND subject = ${subject}),
				(SELECT id FROM users WHERE email_key = ${emailKey}))`,
		);
	return found;
}

export function linkIdentity(db: Db, link: typeof linkedIdentities.$inferInsert): Statement {
	return db.insert(linkedIdentities).values(link);
}

export function unlinkAccount(db: Db, accountId: string): Statement {
	return db
		.delete(linkedIdentities)
		.where(sql`${linkedIdentities.userId} IN (SELECT id FROM users WHERE account_id = ${accountId})`);
}
