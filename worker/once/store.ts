import { and, asc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { operations } from "../db/tables";

export type OperationRow = typeof operations.$inferSelect;

/** What a second use of an Idempotency-Key breaks. */
export const KEY_RULE = "operations.account_id, operations.kind, operations.idempotency_key";

/** The caller's Idempotency-Key, if any, and a hash of what was asked under it. */
export interface Once {
	key: string | null;
	requestHash: string;
}

export interface NewOperation {
	id: string;
	userId: string;
	kind: string;
	once: Once;
	/** What it sets aside: micros, or an expression that the database works out. */
	hold: number | SQL;
	detail: Record<string, unknown>;
	now: number;
	/** The operation that this one is a part of. */
	parentId?: string | undefined;
}

/** Opens an operation. The unique index on its key makes the second of two equal requests fail. */
export function openOperation(db: Db, accountId: string, opening: NewOperation): Statement {
	return db.insert(operations).values(opened(accountId, opening));
}

/** An operation that is over as it is written: nobody outside has to be asked. */
export function doneOperation(db: Db, accountId: string, opening: NewOperation, responseBody: string): Statement {
	return db
		.insert(operations)
		.values({ ...opened(accountId, opening), state: "done", settledAt: opening.now, responseBody });
}

function opened(accountId: string, { id, userId, kind, once, hold, detail, now, parentId }: NewOperation) {
	return {
		id,
		accountId,
		userId,
		kind,
		idempotencyKey: once.key,
		requestHash: once.requestHash,
		holdMicros: typeof hold === "number" ? hold : sql<number>`${hold}`,
		detail,
		parentId: parentId ?? null,
		createdAt: now,
	};
}

/** Aborts the batch when somebody else has settled the operation: it ends once. */
export function mustBeUnsettled(db: Db, accountId: string, id: string): Statement {
	return must(
		db,
		"nothing_changed_meanwhile",
		sql`EXISTS (SELECT 1 FROM operations WHERE id = ${id} AND account_id = ${accountId} AND state IN ('open', 'unknown'))`,
	);
}

export function settleOperation(
	db: Db,
	accountId: string,
	id: string,
	ending: { state: "done" | "failed"; responseBody: string; now: number },
): Statement {
	return db
		.update(operations)
		.set({ state: ending.state, responseBody: ending.responseBody, settledAt: ending.now })
		.where(and(eq(operations.id, id), eq(operations.accountId, accountId)));
}

/** Says that nobody can tell how it went, so that a completer finds out. */
export function markUnknown(db: Db, accountId: string, id: string): Statement {
	return db
		.update(operations)
		.set({ state: "unknown" })
		.where(and(eq(operations.id, id), eq(operations.accountId, accountId), eq(operations.state, "open")));
}

export async function findByKey(db: Db, accountId: string, kind: string, key: string): Promise<OperationRow | null> {
	const [row] = await db
		.select()
		.from(operations)
		.where(and(eq(operations.accountId, accountId), eq(operations.kind, kind), eq(operations.idempotencyKey, key)));
	return row ?? null;
}

export async function findOperation(db: Db, accountId: string, id: string): Promise<OperationRow | null> {
	const [row] = await db
		.select()
		.from(operations)
		.where(and(eq(operations.accountId, accountId), eq(operations.id, id)));
	return row ?? null;
}

/** An operation with those that are part of it, in the order in which they were begun. */
export async function findWithParts(
	db: Db,
	accountId: string,
	id: string,
): Promise<{ whole: OperationRow | null; parts: OperationRow[] }> {
	const ofAccount = eq(operations.accountId, accountId);
	const [[whole], parts] = await db.batch([
		db
			.select()
			.from(operations)
			.where(and(ofAccount, eq(operations.id, id))),
		db
			.select()
			.from(operations)
			.where(and(ofAccount, eq(operations.parentId, id)))
			.orderBy(asc(operations.id)),
	]);
	return { whole: whole ?? null, parts };
}

/** For completers: what was begun before a moment and is not over, oldest first. */
export async function overdueAnyAccount(
	db: Db,
	kinds: string[],
	before: number,
	limit: number,
): Promise<OperationRow[]> {
	return db
		.select()
		.from(operations)
		.where(
			and(
				sql`${operations.state} IN ('open', 'unknown')`, // literals, or the partial index does not serve
				lt(operations.createdAt, before),
				inArray(operations.kind, kinds),
			),
		)
		.orderBy(asc(operations.createdAt))
		.limit(limit);
}

/** Everything that is under way, whoever's it is. */
export function unsettledAnyAccount(db: Db) {
	return db
		.select({ id: operations.id, detail: operations.detail })
		.from(operations)
		.where(sql`${operations.state} IN ('open', 'unknown')`);
}
