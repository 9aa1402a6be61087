import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../../db/client";
import { importErrors } from "../../../db/tables";

export interface ImportErrorRow {
	line: number;
	reason: string;
	value: string;
	cells: string[];
}

/** `json`: an array of [line, reason, { value, cells }]. */
export function addingErrors(db: Db, accountId: string, importId: string, json: string): Statement {
	return db.run(sql`INSERT INTO import_errors (account_id, import_id, line, reason, value)
		SELECT ${accountId}, ${importId}, value ->> 0, value ->> 1, value ->> 2 FROM json_each(${json}) WHERE true
		ON CONFLICT DO NOTHING`);
}

/** How many bad rows of an import are kept for mending. */
export const countKept = (accountId: string, importId: string): SQL =>
	sql`(SELECT count(*) FROM import_errors e WHERE e.account_id = ${accountId} AND e.import_id = ${importId})`;

/** The same by reason, as a JSON object. */
export const reasonsKept = (accountId: string, importId: string): SQL =>
	sql`(SELECT coalesce(json_group_object(reason, rows), '{}') FROM (SELECT e.reason, count(*) AS rows FROM import_errors e
		WHERE e.account_id = ${accountId} AND e.import_id = ${importId} GROUP BY e.reason))`;

const errorColumns = () => ({
	line: importErrors.line,
	reason: importErrors.reason,
	value: told("$.value").as("number_cell"),
	cells: told("$.cells").mapWith(listOf).as("cells"),
});

/** The bad rows of some lines, or of one reason, behind the line `after`. */
export function errorsToMend(
	db: Db,
	accountId: string,
	importId: string,
	{
		lines,
		reason,
		after,
		limit,
	}: { lines?: number[] | undefined; reason?: string | undefined; after: number; limit: number },
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
				gt(importErrors.line, after),
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
