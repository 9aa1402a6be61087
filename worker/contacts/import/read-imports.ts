import * as z from "zod";
import { notFound } from "../../errors";
import { decodeCursor, type Page, pageOf } from "../../http/pages";
import { csvLine } from "../../pure/csv";
import type { Scope } from "../../scope";
import { findingList } from "../lists/store";
import { guessColumns, unguessed } from "./columns";
import { pagingErrors } from "./errors/store";
import type { Guess, Import, ImportError, PastImport, Sample } from "./inputs";
import { reasonText } from "./reasons";
import { errorOnWire, importOnWire, pastImportOnWire } from "./shape";
import { findingImport, latestImports, pagingImports } from "./store";

const ERRORS_PER_READ = 5_000;

export async function listImports({ db, accountId }: Scope, listId: string): Promise<Import[]> {
	const [lists, imports] = await db.batch([findingList(db, accountId, listId), latestImports(db, accountId, listId)]);
	if (lists.length === 0) throw notFound("Contact list");
	return imports.map(importOnWire);
}

/** Every import of the account, newest first. */
export async function pageImports(
	{ db, accountId }: Scope,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<PastImport>> {
	const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
	return pageOf(await pagingImports(db, accountId, { limit, before }), limit, ({ id }) => [id], pastImportOnWire);
}

/** What the columns of a file seem to hold, as an import of it would guess. Nobody's phone: its columns are all custom fields. */
export function guessOf({ rows }: Sample): Guess {
	const sample = rows.map((cells, at) => ({ line: at + 1, cells }));
	const guessed = guessColumns(sample) ?? unguessed(sample);
	return {
		header: guessed.hasHeader,
		columns: guessed.names.map((name, at) => ({ name, holds: guessed.fields[at] ?? "custom" })),
	};
}

export async function readImport({ db, accountId }: Scope, listId: string, id: string): Promise<Import> {
	const [row] = await findingImport(db, accountId, listId, id);
	if (!row) throw notFound("Import");
	return importOnWire(row);
}

/** The rows that could not be used, in the order of the file. */
export async function listImportErrors(
	{ db, accountId }: Scope,
	{ listId, id, limit, cursor }: { listId: string; id: string; limit: number; cursor?: string | undefined },
): Promise<Page<ImportError>> {
	const [after] = decodeCursor(cursor, z.tuple([z.int()])) ?? [];
	const [imports, errors] = await db.batch([
		findingImport(db, accountId, listId, id),
		pagingErrors(db, accountId, id, { limit, after }),
	]);
	if (imports.length === 0) throw notFound("Import");
	return pageOf(errors, limit, ({ line }) => [line], errorOnWire);
}

/** The bad rows as a file to mend and send again: the columns as they came, then the line and what is wrong. Read piece by piece. */
export async function errorFile({ db, accountId }: Scope, listId: string, id: string): Promise<AsyncGenerator<string>> {
	const [found] = await findingImport(db, accountId, listId, id);
	if (!found) throw notFound("Import");
	const { columns } = found;
	async function* lines() {
		yield csvLine([...columns, "Line", "Reason"]);
		let after: number | undefined;
		for (;;) {
			const errors = await pagingErrors(db, accountId, id, { limit: ERRORS_PER_READ - 1, after });
			yield errors
				.map(({ line, reason, cells }) => {
					const padded = Array.from({ length: Math.max(columns.length, cells.length) }, (_, i) => cells[i] ?? "");
					return csvLine([...padded, line, reasonText(reason)]);
				})
				.join("");
			after = errors.at(-1)?.line;
			if (errors.length < ERRORS_PER_READ) return;
		}
	}
	return lines();
}
