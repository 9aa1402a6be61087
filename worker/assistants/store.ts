import { and, asc, eq, gt, lte, ne, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { assistants } from "../db/tables";
import type { AssistantSpec } from "../pure/assistant-call";

export type AssistantRow = typeof assistants.$inferSelect;

const MOST_PER_ACCOUNT = 100;
const own = (accountId: string, id: string) => and(eq(assistants.accountId, accountId), eq(assistants.id, id));
// A literal, or the partial index does not serve.
const there = sql`${assistants.status} <> 'deleted'`;

export function addAssistant(db: Db, accountId: string, row: Omit<AssistantRow, "accountId">): Statement[] {
	const room = sql`(SELECT count(*) FROM assistants WHERE account_id = ${accountId} AND status <> 'deleted') < ${MOST_PER_ACCOUNT}`;
	return [must(db, "nothing_changed_meanwhile", room), db.insert(assistants).values({ ...row, accountId })];
}

/** The account's assistants in the order in which they were made; with `id` that one. */
export function listAssistants(
	db: Db,
	accountId: string,
	{ after, limit }: { after: string | undefined; limit: number },
): Promise<AssistantRow[]> {
	return db
		.select()
		.from(assistants)
		.where(and(eq(assistants.accountId, accountId), there, after === undefined ? undefined : gt(assistants.id, after)))
		.orderBy(asc(assistants.id))
		.limit(limit + 1);
}

export async function findAssistant(db: Db, accountId: string, id: string): Promise<AssistantRow | null> {
	const [row] = await db
		.select()
		.from(assistants)
		.where(and(own(accountId, id), ne(assistants.status, "deleted")));
	return row ?? null;
}

/** Writes down what an assistant shall be. Nothing is returned while an earlier change is on its way, or when it is not there. */
export function wantSpec(
	db: Db,
	accountId: string,
	id: string,
	{ spec, was, lookAfter, now }: { spec: AssistantSpec; was: number; lookAfter: number; now: number },
) {
	return db
		.update(assistants)
		.set({ spec, name: spec.name, status: "pending", lookAfter, version: sql`version + 1`, updatedAt: now })
		.where(and(own(accountId, id), eq(assistants.version, was), sql`${assistants.status} IN ('active', 'error')`))
		.returning();
}

/** The provider has it as it is wanted, unless something newer is wanted meanwhile. */
export function keepSpec(db: Db, { accountId, id, version }: AssistantRow, providerRef: string, now: number) {
	return db
		.update(assistants)
		.set({ status: "active", providerRef, keptSpec: sql`spec`, error: null, lookAfter: null, updatedAt: now })
		.where(and(own(accountId, id), eq(assistants.version, version), eq(assistants.status, "pending")))
		.returning();
}

/** The provider will not have it: as it was before, or an error when there was nothing before. */
export function takeBackSpec(db: Db, { accountId, id, version }: AssistantRow, error: string, now: number) {
	return db
		.update(assistants)
		.set({
			spec: sql`coalesce(kept_spec, spec)`,
			name: sql`coalesce(kept_spec ->> 'name', name)`,
			status: sql`iif(kept_spec IS NULL, 'error', 'active')`,
			error,
			lookAfter: null,
			updatedAt: now,
		})
		.where(and(own(accountId, id), eq(assistants.version, version), eq(assistants.status, "pending")))
		.returning();
}

/** Begins the end of an assistant that answers no number. */
export function beginRemoval(db: Db, accountId: string, id: string, lookAfter: number, now: number) {
	const idle = sql`NOT EXISTS (SELECT 1 FROM assistant_connections
		WHERE account_id = ${accountId} AND (assistant_id = ${id} OR wanted_id = ${id}))`;
	return db
		.update(assistants)
		.set({ status: "deleting", lookAfter, version: sql`version + 1`, updatedAt: now })
		.where(and(own(accountId, id), idle, sql`${assistants.status} IN ('active', 'error')`))
		.returning();
}

/** It is gone at the provider. Its row stays for the calls that it took, without what it knew. */
export function endRemoval(db: Db, accountId: string, id: string, now: number): Statement {
	return db
		.update(assistants)
		.set({ status: "deleted", spec: {}, keptSpec: null, lookAfter: null, updatedAt: now })
		.where(and(own(accountId, id), eq(assistants.status, "deleting")));
}

/** Keeps the address at which calls can be handed to an assistant. */
export function keepAddress(db: Db, accountId: string, id: string, address: string): Statement {
	return db.update(assistants).set({ address }).where(own(accountId, id));
}

/** For the cron: what is on its way for too long. */
export function overdueAnyAccount(db: Db, now: number, limit: number): Promise<AssistantRow[]> {
	return db
		.select()
		.from(assistants)
		.where(and(sql`${assistants.lookAfter} IS NOT NULL`, lte(assistants.lookAfter, now)))
		.orderBy(asc(assistants.lookAfter))
		.limit(limit);
}

/** Asks again later: nobody could tell this time either. */
export function lookLater(db: Db, { accountId, id }: AssistantRow, lookAfter: number): Statement {
	return db
		.update(assistants)
		.set({ lookAfter })
		.where(and(own(accountId, id), sql`${assistants.lookAfter} IS NOT NULL`));
}

/** What of an account has to go from the provider before its rows go. */
export function heldByAccount(db: Db, accountId: string): Promise<AssistantRow[]> {
	return db
		.select()
		.from(assistants)
		.where(and(eq(assistants.accountId, accountId), there))
		.limit(MOST_PER_ACCOUNT);
}

/** Begins the end of every assistant of an account, whatever was being changed. */
export function condemnAll(db: Db, accountId: string, now: number): Statement {
	return db
		.update(assistants)
		.set({ status: "deleting", lookAfter: now, version: sql`version + 1` })
		.where(and(eq(assistants.accountId, accountId), there, ne(assistants.status, "deleting")));
}
