import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import { recoveryCodes, secondFactors } from "../../db/tables";

/** The user's second factor with the number of recovery codes left. */
export async function findFactor(db: Db, userId: string) {
	const [found] = await db
		.select({
			sealedSecret: secondFactors.sealedSecret,
			confirmedAt: secondFactors.confirmedAt,
			lastStep: secondFactors.lastStep,
			codesLeft: sql<number>`(SELECT count(*) FROM recovery_codes
				WHERE recovery_codes.user_id = second_factors.user_id AND recovery_codes.used_at IS NULL)`,
		})
		.from(secondFactors)
		.where(eq(secondFactors.userId, userId));
	return found;
}

/** Starts over with a secret that still has to be confirmed; one that is in use stays. */
export function proposeFactor(db: Db, userId: string, sealedSecret: string, now: number): Statement {
	return db
		.insert(secondFactors)
		.values({ userId, sealedSecret, createdAt: now })
		.onConflictDoUpdate({
			target: secondFactors.userId,
			set: { sealedSecret, createdAt: now },
			setWhere: isNull(secondFactors.confirmedAt),
		});
}

/** Uses a step of the clock up, or aborts the batch when it, or a later one, was used before. */
export function useStep(db: Db, userId: string, step: number): Statement[] {
	return [
		must(
			db,
			"nothing_changed_meanwhile",
			sql`EXISTS (SELECT 1 FROM second_factors WHERE user_id = ${userId} AND last_step < ${step})`,
		),
		db.update(secondFactors).set({ lastStep: step }).where(eq(secondFactors.userId, userId)),
	];
}

/** Uses a recovery code up, or aborts the batch when it is none of the user's, or was used before. */
export function useRecoveryCode(db: Db, userId: string, codeHash: string, now: number): Statement[] {
	return [
		must(
			db,
			"nothing_changed_meanwhile",
			sql`EXISTS (SELECT 1 FROM recovery_codes WHERE user_id = ${userId} AND code_hash = ${codeHash} AND used_at IS NULL)`,
		),
		db
			.update(recoveryCodes)
			.set({ usedAt: now })
			.where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash))),
	];
}

export function confirmFactor(db: Db, userId: string, now: number): Statement {
	return db.update(secondFactors).set({ confirmedAt: now }).where(eq(secondFactors.userId, userId));
}

/** New recovery codes in place of the old ones. */
export function replaceRecoveryCodes(db: Db, userId: string, hashes: string[]): Statement[] {
	return [
		db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)),
		db.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash }))),
	];
}

export function dropFactor(db: Db, userId: string): Statement[] {
	return [
		db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId)),
		db.delete(secondFactors).where(eq(secondFactors.userId, userId)),
	];
}

export function dropFactorsOfAccount(db: Db, accountId: string): Statement[] {
	const people = sql`(SELECT id FROM users WHERE account_id = ${accountId})`;
	return [
		db.delete(recoveryCodes).where(sql`${recoveryCodes.userId} IN ${people}`),
		db.delete(secondFactors).where(sql`${secondFactors.userId} IN ${people}`),
	];
}
