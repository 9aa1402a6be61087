import { and, desc, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import { type Db, inOneBatch, type Statement } from "../../db/client";
import { must } from "../../db/guards";
import { accounts, refreshTokens, sessions, users } from "../../db/tables";
import type { Scope } from "../../scope";

export const IDLE_MS = 14 * 86_400_000;
export const ABSOLUTE_MS = 90 * 86_400_000;

export interface NewSession {
	id: string;
	userId: string;
	tokenHash: string;
	userAgent: string;
	ip: string;
	now: number;
}

/** A signed-in device with its first refresh token; to be sent as one batch. */
export function addSession(db: Db, { now, tokenHash, ...device }: NewSession): Statement[] {
	return [
		db.insert(sessions).values({
			...device,
			createdAt: now,
			lastUsedAt: now,
			idleExpiresAt: now + IDLE_MS,
			expiresAt: now + ABSOLUTE_MS,
		}),
		db.insert(refreshTokens).values({ tokenHash, sessionId: device.id, createdAt: now }),
	];
}

const alive = (now: number) => sql`sessions.revoked_at IS NULL AND sessions.expires_at > ${now}
	AND sessions.idle_expires_at > ${now} AND users.status = 'active' AND accounts.status = 'active'`;

/** The session as it was before this rotation; `isAlive` says whether it may go on. Undefined for a token that nobody was given. */
function presented(db: Db, tokenHash: string, now: number) {
	return db
		.select({
			sessionId: sessions.id,
			userId: sessions.userId, // in a batch, columns of one name are one column
			accountId: users.accountId,
			email: users.email,
			usedAt: refreshTokens.usedAt,
			isAlive: sql<number>`${alive(now)}`.as("is_alive"),
		})
		.from(refreshTokens)
		.innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
		.innerJoin(users, eq(users.id, sessions.userId))
		.innerJoin(accounts, eq(accounts.id, users.accountId))
		.where(eq(refreshTokens.tokenHash, tokenHash));
}

export type Presented = Awaited<ReturnType<typeof presented>>[number];

/** Uses a refresh token up and gives out its successor, unless it was used before or its session is over. One transaction. */
export async function rotate(db: Db, tokenHash: string, successorHash: string, now: number) {
	const usedNow = sql`SELECT session_id FROM refresh_tokens WHERE token_hash = ${tokenHash} AND used_at = ${now}`;
	const [found] = await inOneBatch<Statement>(db, [
		presented(db, tokenHash, now),
		db
			.update(refreshTokens)
			.set({ usedAt: now })
			.where(
				and(
					eq(refreshTokens.tokenHash, tokenHash),
					isNull(refreshTokens.usedAt),
					sql`EXISTS (SELECT 1 FROM sessions JOIN users ON users.id = sessions.user_id JOIN accounts ON accounts.id = users.account_id
						WHERE sessions.id = ${refreshTokens.sessionId} AND ${alive(now)})`,
				),
			),
		db.run(sql`INSERT INTO refresh_tokens (token_hash, session_id, created_at)
			SELECT ${successorHash}, session_id, ${now} FROM (${usedNow}) WHERE true ON CONFLICT DO NOTHING`),
		db
			.update(sessions)
			.set({ lastUsedAt: now, idleExpiresAt: sql`min(${now + IDLE_MS}, ${sessions.expiresAt})` })
			.where(sql`${sessions.id} = (${usedNow})`),
	]);
	return (found as Presented[])[0];
}

/** Which session a refresh token belongs to. */
export async function findSessionOfToken(db: Db, tokenHash: string): Promise<string | undefined> {
	const [found] = await db
		.select({ id: refreshTokens.sessionId })
		.from(refreshTokens)
		.where(eq(refreshTokens.tokenHash, tokenHash));
	return found?.id;
}

// What `hangUp` needs: a session's sockets are in the feed of its account and in the room of its user's call identity.
const ended = {
	endedId: sessions.id,
	accountId: sql<string>`(SELECT account_id FROM users WHERE users.id = sessions.user_id)`,
	identity: sql<string>`(SELECT care4w_id FROM users WHERE users.id = sessions.user_id)`,
};

/** Ends one session of anybody: only for who holds its token. */
export function endSessionAnyAccount(db: Db, sessionId: string, reason: string, now: number): Statement {
	return db
		.update(sessions)
		.set({ revokedAt: now, revokedReason: reason })
		.where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
		.returning(ended);
}

/** Ends the user's sessions, or one of them, or all but one; answers with those that it ended, for `hangUp`. */
export function endSessions(
	db: Db,
	userId: string,
	{ only, except, reason, now }: { only?: string; except?: string; reason: string; now: number },
) {
	return db
		.update(sessions)
		.set({ revokedAt: now, revokedReason: reason })
		.where(
			and(
				eq(sessions.userId, userId),
				isNull(sessions.revokedAt),
				only === undefined ? undefined : eq(sessions.id, only),
				except === undefined ? undefined : ne(sessions.id, except),
			),
		)
		.returning(ended);
}

/** Signs everybody in the account out; answers with the sessions, for `hangUp`. */
export function endSessionsOfAccount(db: Db, accountId: string, reason: string, now: number) {
	return db
		.update(sessions)
		.set({ revokedAt: now, revokedReason: reason })
		.where(
			and(
				isNull(sessions.revokedAt),
				sql`${sessions.userId} IN (SELECT id FROM users WHERE account_id = ${accountId})`,
			),
		)
		.returning(ended);
}

/** Forgets devices: where and with what somebody signed in. */
export function dropSessionsOfAccount(db: Db, accountId: string): Statement[] {
	const gone = sql`(SELECT sessions.id FROM sessions JOIN users ON users.id = sessions.user_id WHERE users.account_id = ${accountId})`;
	return [
		db.delete(refreshTokens).where(sql`${refreshTokens.sessionId} IN ${gone}`),
		db.delete(sessions).where(sql`${sessions.id} IN ${gone}`),
	];
}

/** Forgets sessions that have been over for a day, some at a time. */
export function dropOldSessionsAnyAccount(db: Db, before: number): Statement[] {
	const old = sql`(SELECT id FROM sessions WHERE expires_at < ${before} ORDER BY expires_at LIMIT 200)`;
	return [
		db.delete(refreshTokens).where(sql`${refreshTokens.sessionId} IN ${old}`),
		db.delete(sessions).where(sql`${sessions.id} IN ${old}`),
	];
}

/** The user's devices that are still signed in, newest first. */
export function listSessions(
	db: Db,
	userId: string,
	{ now, after, limit }: { now: number; after?: string | undefined; limit: number },
) {
	return db
		.select()
		.from(sessions)
		.where(
			and(
				eq(sessions.userId, userId),
				after === undefined ? undefined : lt(sessions.id, after),
				isNull(sessions.revokedAt),
				gt(sessions.expiresAt, now),
				gt(sessions.idleExpiresAt, now),
			),
		)
		.orderBy(desc(sessions.id))
		.limit(limit + 1);
}

/**
 * Aborts the batch when who is at the door has signed out, was suspended or lost the key since the access token was made.
 * Every change of money, credentials or SIP puts it first into its batch.
 */
export function liveSession(db: Db, scope: Pick<Scope, "sessionId" | "apiKeyId" | "now">): Statement {
	const people = sql`JOIN users ON users.id = held.user_id JOIN accounts ON accounts.id = users.account_id`;
	const active = sql`users.status = 'active' AND accounts.status = 'active'`;
	const now = scope.now();
	return must(
		db,
		"session_is_live",
		scope.apiKeyId === undefined
			? sql`EXISTS (SELECT 1 FROM sessions AS held ${people} WHERE held.id = ${scope.sessionId} AND ${active}
				AND held.revoked_at IS NULL AND held.expires_at > ${now} AND held.idle_expires_at > ${now})`
			: sql`EXISTS (SELECT 1 FROM api_keys AS held ${people} WHERE held.id = ${scope.apiKeyId} AND ${active}
				AND held.revoked_at IS NULL AND coalesce(held.expires_at, ${now} + 1) > ${now})`,
	);
}
