import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { memberSpending, users, wallets } from "../../db/tables";
import type { Scope } from "../../scope";

/**
 * Notes who spends what the ledger is about to book under `ref`; goes into the batch before the booking. From then on every hold,
 * charge and refund of that ref counts against the member's limit, and one beyond it breaks `member_within_limit`.
 * Nothing for an owner.
 */
export function spendAs(db: Db, scope: Pick<Scope, "accountId" | "userId" | "role" | "now">, ref: string): Statement[] {
	if (scope.role === "owner") return [];
	const { accountId, userId } = scope;
	return [db.insert(memberSpending).values({ ref, accountId, userId, createdAt: scope.now() }).onConflictDoNothing()];
}

const member = (accountId: string) =>
	and(eq(users.accountId, accountId), eq(users.role, "member"), ne(users.status, "removed"));

function members(db: Db, since: number) {
	return db
		.select({
			id: users.id,
			accountId: users.accountId,
			email: users.email,
			fullName: users.fullName,
			status: users.status,
			care4wId: users.care4wId,
			hasSignedIn: sql<number>`${users.passwordHash} IS NOT NULL OR ${users.emailVerifiedAt} IS NOT NULL`,
			emailKey: users.emailKey,
			spendingLimitMicros: users.spendingLimitMicros,
			spentMicros: sql<number>`coalesce((SELECT sum(amount_micros) FROM member_spending
				WHERE account_id = ${users.accountId} AND user_id = ${users.id} AND created_at >= ${since}), 0)`,
			currency: wallets.currency,
			createdAt: users.createdAt,
		})
		.from(users)
		.innerJoin(wallets, eq(wallets.accountId, users.accountId))
		.$dynamic();
}

export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];

/** The account's members, newest first, with what each spent since then. */
export function listMembers(db: Db, accountId: string, since: number) {
	return members(db, since).where(member(accountId)).orderBy(desc(users.id)).limit(1000);
}

export async function findMember(db: Db, accountId: string, memberId: string, since: number) {
	const [found] = await members(db, since).where(and(eq(users.id, memberId), member(accountId)));
	return found;
}
