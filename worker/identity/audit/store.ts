import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { type Db, inOneBatch, type Statement } from "../../db/client";
import { auditLog, auditSeals, auditUnsealed } from "../../db/tables";
import type { Scope } from "../../scope";

export interface Deed {
	/** What was done, in telephone words: "password.changed", "key.revoked". */
	action: string;
	/** The id of what it was done to. */
	object?: string;
	/** What may be told of it; never a secret. */
	detail?: Record<string, unknown>;
}

type Doer = Pick<Scope, "accountId" | "userId" | "now"> & Pick<Partial<Scope>, "actorId" | "apiKeyId" | "device">;

/** Writes a deed down; belongs into the batch that does it. */
export function audit(db: Db, doer: Doer, { action, object = "", detail = {} }: Deed): Statement {
	return db.insert(auditLog).values({
		accountId: doer.accountId,
		actorId: doer.actorId ?? doer.userId,
		action,
		object,
		detail: doer.apiKeyId ? { ...detail, apiKeyId: doer.apiKeyId } : detail,
		ip: doer.device?.ip ?? "",
		userAgent: doer.device?.userAgent ?? "",
		createdAt: doer.now(),
	});
}

/** The same, if the statement right before it in the batch changed a row. */
export function auditIfDone(db: Db, doer: Doer, deed: Deed): Statement {
	const { accountId, actorId, userId, device } = doer;
	const detail = JSON.stringify(doer.apiKeyId ? { ...deed.detail, apiKeyId: doer.apiKeyId } : (deed.detail ?? {}));
	return db.run(sql`INSERT INTO audit_log (account_id, actor_id, action, object, detail, ip, user_agent, created_at)
		SELECT ${accountId}, ${actorId ?? userId}, ${deed.action}, ${deed.object ?? ""}, ${detail}, ${device?.ip ?? ""},
			${device?.userAgent ?? ""}, CAST(${doer.now()} AS INTEGER) WHERE changes() > 0`);
}

const entry = {
	seq: auditLog.seq,
	actorId: auditLog.actorId,
	action: auditLog.action,
	object: auditLog.object,
	detail: auditLog.detail,
	ip: auditLog.ip,
	userAgent: auditLog.userAgent,
	createdAt: auditLog.createdAt,
};

const withSeals = (db: Db) =>
	db
		.select({ ...entry, seal: auditSeals.seal })
		.from(auditLog)
		.leftJoin(auditSeals, eq(auditSeals.seq, auditLog.seq))
		.$dynamic();

export type AuditRow = Awaited<ReturnType<typeof listAudit>>[number];

/** What was done in the account, newest first. */
export function listAudit(
	db: Db,
	accountId: string,
	{ before, limit }: { before?: number | undefined; limit: number },
) {
	return withSeals(db)
		.where(and(eq(auditLog.accountId, accountId), before === undefined ? undefined : lt(auditLog.seq, before)))
		.orderBy(desc(auditLog.seq))
		.limit(limit + 1);
}

/** The same from the beginning: how a chain is followed. */
export function auditAfter(db: Db, accountId: string, after: number, limit: number): Promise<AuditRow[]> {
	return withSeals(db)
		.where(and(eq(auditLog.accountId, accountId), gt(auditLog.seq, after)))
		.orderBy(asc(auditLog.seq))
		.limit(limit);
}

/** The last seal of the account and the deeds that wait for theirs, oldest first. */
export async function unsealedOf(db: Db, accountId: string, limit: number) {
	const [last, waiting] = await inOneBatch(db, [
		db
			.select({ seq: auditSeals.seq, seal: auditSeals.seal })
			.from(auditSeals)
			.where(eq(auditSeals.accountId, accountId))
			.orderBy(desc(auditSeals.previousSeq))
			.limit(1),
		db
			.select(entry)
			.from(auditLog)
			.where(
				inArray(
					auditLog.seq,
					db
						.select({ seq: auditUnsealed.seq })
						.from(auditUnsealed)
						.where(eq(auditUnsealed.accountId, accountId))
						.orderBy(asc(auditUnsealed.seq))
						.limit(limit),
				),
			)
			.orderBy(asc(auditLog.seq)),
	]);
	return { last: last[0], waiting };
}

/** Accounts in which a deed waits for its seal. */
export async function unsealedAnyAccount(db: Db, limit: number): Promise<string[]> {
	const rows = await db.all<{ account_id: string }>(
		sql`SELECT DISTINCT account_id FROM (SELECT account_id FROM audit_unsealed ORDER BY seq LIMIT ${limit})`,
	);
	return rows.map(({ account_id }) => account_id);
}

/** Adds seals to the account's chain. `audit_seals` breaks when somebody else has gone on from the same place. */
export function addSeals(
	db: Db,
	accountId: string,
	seals: { seq: number; previousSeq: number; seal: string }[],
): Statement {
	return db.run(sql`INSERT INTO audit_seals (seq, account_id, previous_seq, seal)
		SELECT value ->> 'seq', ${accountId}, value ->> 'previousSeq', value ->> 'seal' FROM json_each(${JSON.stringify(seals)})`);
}
