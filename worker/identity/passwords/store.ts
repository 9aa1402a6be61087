import { and, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import { mailedTokens, users } from "../../db/tables";

export type Purpose = "reset" | "verify" | "invite";

export interface NewMailedToken {
	tokenHash: string;
	userId: string;
	purpose: Purpose;
	emailKey: string;
	now: number;
	expiresAt: number;
}

export function addMailedToken(db: Db, { now, ...token }: NewMailedToken): Statement {
	return db.insert(mailedTokens).values({ ...token, createdAt: now });
}

/** Whom a mailed token speaks for. Undefined when it is used, expired, for something else, or the address has changed since. */
export async function findMailedTokenAnyAccount(db: Db, tokenHash: string, purposes: Purpose[], now: number) {
	const [found] = await db
		.select({ userId: users.id, accountId: users.accountId, purpose: mailedTokens.purpose, status: users.status })
		.from(mailedTokens)
		.innerJoin(users, and(eq(users.id, mailedTokens.userId), eq(users.emailKey, mailedTokens.emailKey)))
		.where(
			and(
				eq(mailedTokens.tokenHash, tokenHash),
				inArray(mailedTokens.purpose, purposes),
				isNull(mailedTokens.usedAt),
				gt(mailedTokens.expiresAt, now),
			),
		);
	return found;
}

/** Whom an invitation is for, and who owns the account. Undefined when it is used, expired, or not one. */
export async function findInvitationAnyAccount(db: Db, tokenHash: string, now: number) {
	const owner = alias(users, "owner");
	const [found] = await db
		.select({
			email: users.email,
			fullName: users.fullName,
			owner: { name: owner.fullName, company: owner.companyName, email: owner.email },
		})
		.from(mailedTokens)
		.innerJoin(users, and(eq(users.id, mailedTokens.userId), eq(users.emailKey, mailedTokens.emailKey)))
		.innerJoin(owner, eq(owner.id, users.accountId))
		.where(
			and(
				eq(mailedTokens.tokenHash, tokenHash),
				eq(mailedTokens.purpose, "invite"),
				isNull(mailedTokens.usedAt),
				gt(mailedTokens.expiresAt, now),
				eq(users.status, "active"),
			),
		);
	return found;
}

/** Uses a token up, or aborts the batch when somebody was faster. */
export function useMailedToken(db: Db, tokenHash: string, now: number): Statement[] {
	return [
		must(
			db,
			"nothing_changed_meanwhile",
			sql`EXISTS (SELECT 1 FROM mailed_tokens WHERE token_hash = ${tokenHash} AND used_at IS NULL)`,
		),
		db.update(mailedTokens).set({ usedAt: now }).where(eq(mailedTokens.tokenHash, tokenHash)),
	];
}

/** Makes the user's other tokens for this purpose worthless. */
export function dropMailedTokens(db: Db, userId: string, purposes: Purpose[], now: number): Statement {
	return db
		.update(mailedTokens)
		.set({ usedAt: now })
		.where(and(eq(mailedTokens.userId, userId), inArray(mailedTokens.purpose, purposes), isNull(mailedTokens.usedAt)));
}

/** Forgets tokens that have been worthless for a while. */
export function dropOldTokensAnyAccount(db: Db, before: number): Statement {
	return db.delete(mailedTokens).where(lt(mailedTokens.expiresAt, before));
}

export function dropTokensOfAccount(db: Db, accountId: string): Statement {
	return db
		.delete(mailedTokens)
		.where(sql`${mailedTokens.userId} IN (SELECT id FROM users WHERE account_id = ${accountId})`);
}
