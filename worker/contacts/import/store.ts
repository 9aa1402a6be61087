import { and, desc, eq, getTableColumns, gt, isNull, lt, ne, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { contactLists, imports } from "../../db/tables";
import { countKept, reasonsKept } from "./errors/store";

export type ImportRow = typeof imports.$inferSelect;
/** How far an import has come, after a batch of its rows. */
export interface Progress {
	rowsRead: number;
	rowsBad: number;
	/** How many of the bad rows are kept for mending, by reason. */
	reasons: Record<string, number>;
	status: "running" | "done";
	now: number;
}

export function startingImport(db: Db, start: typeof imports.$inferInsert): Statement {
	return db.insert(imports).values(start).onConflictDoNothing();
}

/**
 * Two statements to put around the ones that add members: the list's own count before and after them tells how many were new,
 * also when the same batch is sent twice because its answer was lost.
 */
export function countingAdded(
	db: Db,
	accountId: string,
	listId: string,
	id: string,
	{ rowsRead, rowsBad, reasons, status, now }: Progress,
) {
	const members = membersOf(accountId, listId);
	const added = sql`${imports.rowsAdded} + ${members}`;
	const own = and(eq(imports.accountId, accountId), eq(imports.id, id));
	return {
		before: db
			.update(imports)
			.set({ rowsAdded: sql`${imports.rowsAdded} - ${members}` })
			.where(own),
		after: db
			.update(imports)
			.set({
				rowsAdded: added,
				rowsRead,
				rowsBad,
				rowsKnown: sql`${rowsRead} - ${rowsBad} - (${added})`,
				reasons,
				status,
				updatedAt: now,
			})
			.where(own)
			.returning(),
	};
}

const membersOf = (accountId: string, listId: string) =>
	sql`(SELECT contact_count FROM contact_lists WHERE account_id = ${accountId} AND id = ${listId})`;

/** The same around the statements that mend rows: what is kept of bad ones, before and after, tells how many are mended. */
export function countingMended(
	db: Db,
	accountId: string,
	{ listId, id, now }: { listId: string; id: string; now: number },
) {
	const members = membersOf(accountId, listId);
	const kept = countKept(accountId, id);
	const added = sql`${imports.rowsAdded} + ${members}`;
	const bad = sql`${imports.rowsBad} + ${kept}`;
	const own = and(eq(imports.accountId, accountId), eq(imports.id, id));
	return {
		before: db
			.update(imports)
			.set({ rowsAdded: sql`${imports.rowsAdded} - ${members}`, rowsBad: sql`${imports.rowsBad} - ${kept}` })
			.where(own),
		after: db
			.update(imports)
			.set({
				rowsAdded: added,
				rowsBad: bad,
				rowsKnown: sql`${imports.rowsRead} - (${bad}) - (${added})`,
				reasons: reasonsKept(accountId, id),
				updatedAt: now,
			})
			.where(own)
			.returning(),
	};
}

/**
 * Keeps as they are the contacts that the rows of `json` (as {@link importingContacts} takes them) are about to meet, once per import.
 * Those that this import made itself, whose ids begin with `ownIds`, need no keeping.
 */
export function keepingBefore(
	db: Db,
	accountId: string,
	{ importId, ownIds }: { importId: string; ownIds: string },
	json: string,
): Statement {
	return db.run(sql`INSERT INTO import_changes (account_id, import_id, contact_id, before)
		SELECT ${accountId}, ${importId}, c.id, json_array(c.first_name, c.last_name, c.email, c.notes, c.time_zone,
			json(c.custom_fields), c.consented_at, c.updated_at, json(c.tags))
		FROM json_each(${json}) wanted CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.e164 = wanted.value ->> 1
		WHERE substr(c.id, 1, ${ownIds.length}) <> ${ownIds}
		ON CONFLICT DO NOTHING`);
}

/** Marks an import as taken back; nothing when it was before, still runs, or is older than `since`. */
export function markingUndone(
	db: Db,
	accountId: string,
	{ listId, id, since, now }: { listId: string; id: string; since: number; now: number },
) {
	return db
		.update(imports)
		.set({ undoneAt: now })
		.where(
			and(
				eq(imports.accountId, accountId),
				eq(imports.listId, listId),
				eq(imports.id, id),
				isNull(imports.undoneAt),
				gt(imports.createdAt, since),
				ne(imports.status, "running"),
			),
		)
		.returning();
}

/** For the cron: what nobody can ask back any more. */
export async function forgetBeforeAnyAccount(db: Db, olderThan: number, limit: number): Promise<void> {
	await db.run(sql`DELETE FROM import_changes WHERE (account_id, import_id) IN
		(SELECT account_id, id FROM imports WHERE created_at < ${olderThan} AND created_at > ${olderThan - 2 * 86_400_000} LIMIT ${limit})`);
}

export async function failImport(db: Db, accountId: string, id: string, failure: string, now: number): Promise<void> {
	await db
		.update(imports)
		.set({ status: "failed", failure, updatedAt: now })
		.where(and(eq(imports.accountId, accountId), eq(imports.id, id), eq(imports.status, "running")));
}

/** Imports that nobody works on any more: whoever did has been cut off. */
export async function failStaleImportsAnyAccount(
	db: Db,
	olderThan: number,
	failure: string,
	now: number,
): Promise<void> {
	await db
		.update(imports)
		.set({ status: "failed", failure, updatedAt: now })
		.where(and(eq(imports.status, "running"), lt(imports.updatedAt, olderThan)));
}

export function findingImport(db: Db, accountId: string, listId: string, id: string) {
	return db
		.select()
		.from(imports)
		.where(and(eq(imports.accountId, accountId), eq(imports.listId, listId), eq(imports.id, id)));
}

/** The latest imports of a list, newest first. */
export function latestImports(db: Db, accountId: string, listId: string) {
	return db
		.select()
		.from(imports)
		.where(and(eq(imports.accountId, accountId), eq(imports.listId, listId)))
		.orderBy(desc(imports.id))
		.limit(50);
}

/** The account's imports into whatever list, newest first, each with its list's name; one row more than the page holds. */
export function pagingImports(db: Db, accountId: string, page: { limit: number; before?: string | undefined }) {
	return db
		.select({ ...getTableColumns(imports), listName: contactLists.name })
		.from(imports)
		.innerJoin(contactLists, and(eq(contactLists.accountId, imports.accountId), eq(contactLists.id, imports.listId)))
		.where(and(eq(imports.accountId, accountId), page.before === undefined ? undefined : lt(imports.id, page.before)))
		.orderBy(desc(imports.id))
		.limit(page.limit + 1);
}
