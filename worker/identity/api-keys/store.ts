import { and, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { accounts, apiKeys, users } from "../../db/tables";

export type KeyRow = typeof apiKeys.$inferSelect;

export function addKey(db: Db, key: Omit<KeyRow, "lastUsedAt" | "revokedAt">): Statement {
	return db.insert(apiKeys).values(key);
}

/** The keys of one user that are not revoked, newest first. */
export function listKeys(db: Db, accountId: string, userId: string): Promise<KeyRow[]> {
	return db
		.select()
		.from(apiKeys)
		.where(and(eq(apiKeys.accountId, accountId), eq(apiKeys.userId, userId), isNull(apiKeys.revokedAt)))
		.orderBy(desc(apiKeys.id))
		.limit(500);
}

// As a session's: a key may have opened sockets, too.
const ended = {
	endedId: apiKeys.id,
	accountId: apiKeys.accountId,
	identity: sql<string>`(SELECT care4w_id FROM users WHERE users.id = api_keys.user_id)`,
};

/** Revokes one key of the user, or all of them; answers with those that it revoked, for `hangUp`. */
export function revokeKeys(db: Db, accountId: string, userId: string, { only, now }: { only?: string; now: number }) {
	return db
		.update(apiKeys)
		.set({ revokedAt: now })
		.where(
			and(
				eq(apiKeys.accountId, accountId),
				eq(apiKeys.userId, userId),
				isNull(apiKeys.revokedAt),
				only === undefined ? undefined : eq(apiKeys.id, only),
			),
		)
		.returning(ended);
}

/** Revokes every key of the account; answers with them, for `hangUp`. */
export function revokeKeysOfAccount(db: Db, accountId: string, now: number) {
	return db
		.update(apiKeys)
		.set({ revokedAt: now })
		.where(and(eq(apiKeys.accountId, accountId), isNull(apiKeys.revokedAt)))
		.returning(ended);
}

/** The key with this hash and whom it speaks for, if both are good. */
export async function findKeyAnyAccount(db: Db, keyHash: string, now: number) {
	const [found] = await db
		.select({
			id: apiKeys.id,
			accountId: apiKeys.accountId,
			userId: apiKeys.userId,
			role: users.role,
			scopes: apiKeys.scopes,
			lastUsedAt: apiKeys.lastUsedAt,
		})
		.from(apiKeys)
		.innerJoin(users, and(eq(users.id, apiKeys.userId), eq(users.status, "active")))
		.innerJoin(accounts, and(eq(accounts.id, apiKeys.accountId), eq(accounts.status, "active")))
		.where(
			and(
				eq(apiKeys.keyHash, keyHash),
				isNull(apiKeys.revokedAt),
				or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
			),
		);
	return found;
}

/** Notes when a key was used; to the minute is enough. */
export function touchKey(db: Db, accountId: string, id: string, now: number) {
	return db
		.update(apiKeys)
		.set({ lastUsedAt: now })
		.where(
			and(
				eq(apiKeys.id, id),
				eq(apiKeys.accountId, accountId),
				or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, now - 60_000)),
			),
		);
}
