import { and, asc, desc, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { importErrors, imports } from "../../db/tables";

export type ImportRow = typeof imports.$inferSelect;
export interface ImportErrorRow {
	line: number;
	reason: string;
	value: string;
	cells: string[];
}

/** How far an import has come, after a batch of its rows. */
export interface Progress {
	rowsRead: number;
	rowsBad: number;
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
	{ rowsRead, rowsBad, status, now }: Progress,
) {
	const members = sql`(SELECT contact_count FROM contact_lists WHERE account_id = ${accountId} AND id = ${listId})`;
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
				status,
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
			json(c.custom_fields), c.consented_at, c.updated_at)
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

/** `json`: an array of [line, reason, { value, cells }]. */
export function addingErrors(db: Db, accountId: string, importId: string, json: string): Statement {
	return db.run(sql`INSERT INTO import_errors (account_id, import_id, line, reason, value)
		SELECT ${accountId}, ${importId}, value ->> 0, value ->> 1, value ->> 2 FROM json_each(${json}) WHERE true
		ON CONFLICT DO NOTHING`);
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

const errorColumns = () => ({
	line: importErrors.line,
	reason: importErrors.reason,
	value: told("$.value").as("number_cell"),
	cells: told("$.cells").mapWith(listOf).as("cells"),
});

/** The bad rows of some lines, or of one reason. */
export function errorsToMend(
	db: Db,
	accountId: string,
	importId: string,
	{ lines, reason, limit }: { lines: number[] | undefined; reason: string | undefined; limit: number },
) {
	return db
		.select(errorColumns())
		.from(importErrors)
		.where(
			and(
				eq(importErrors.accountId, accountId),
				eq(importErrors.importId, importId),
				lines && sql`${importErrors.line} IN (SELECT value FROM json_each(${JSON.stringify(lines)}))`,
				reason === undefined ? undefined : eq(importErrors.reason, reason),
			),
		)
		.orderBy(asc(importErrors.line))
		.limit(limit);
}

export function removingErrors(db: Db, accountId: string, importId: string, lines: number[]): Statement {
	return db.run(sql`DELETE FROM import_errors WHERE account_id = ${accountId} AND import_id = ${importId}
		AND line IN (SELECT value FROM json_each(${JSON.stringify(lines)}))`);
}

export function pagingErrors(
	db: Db,
	accountId: string,
	importId: string,
	page: { limit: number; after?: number | undefined },
) {
	return db
		.select(errorColumns())
		.from(importErrors)
		.where(
			and(
				eq(importErrors.accountId, accountId),
				eq(importErrors.importId, importId),
				page.after === undefined ? undefined : gt(importErrors.line, page.after),
			),
		)
		.orderBy(asc(importErrors.line))
		.limit(page.limit + 1);
}

/** A part of what was kept of a bad row, "" for one of which nothing was. */
const told = (part: string) =>
	sql<string>`coalesce(iif(${importErrors.value} = '', '', ${importErrors.value} ->> ${part}), '')`;
const listOf = (json: string): string[] => (json === "" ? [] : JSON.parse(json));
