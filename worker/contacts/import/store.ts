import { and, asc, desc, eq, gt, lt, sql } from "drizzle-orm";
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

export function pagingErrors(
	db: Db,
	accountId: string,
	importId: string,
	page: { limit: number; after?: number | undefined },
) {
	return db
		.select({
			line: importErrors.line,
			reason: importErrors.reason,
			value: told("$.value").as("number_cell"),
			cells: told("$.cells").mapWith(listOf).as("cells"),
		})
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
