import { inOneBatch } from "../db/client";
import { notFound } from "../errors";
import { audit } from "../identity/audit/store";
import { liveSession } from "../identity/store";
import { csvLine } from "../pure/csv-line";
import type { Scope } from "../scope";
import { columnsOf, exportedTables, readRows } from "./store";

const PAGE = 500;

/** Writes down that somebody takes the account's data along. */
export async function noteExport(scope: Scope, object: string): Promise<void> {
	await inOneBatch(scope.db, [
		liveSession(scope.db, scope),
		audit(scope.db, scope, { action: "account.exported", object }),
	]);
}

/** Everything that is kept of the account, as one JSON text, a page at a time: memory does not grow with the account. */
export async function* exportAccount({ db, accountId, now }: Scope): AsyncGenerator<string> {
	yield `{"exportedAt":${JSON.stringify(new Date(now()).toISOString())},"accountId":${JSON.stringify(accountId)}`;
	for (const table of exportedTables) {
		yield `,\n${JSON.stringify(table)}:[`;
		let separator = "";
		for await (const row of rowsOf(db, accountId, table)) {
			yield `${separator}${JSON.stringify(row)}`;
			separator = ",\n";
		}
		yield "]";
	}
	yield "}\n";
}

/** One table of it as the lines of a CSV file that no spreadsheet runs. */
export function exportTable({ db, accountId }: Scope, table: string): AsyncGenerator<string> {
	if (!exportedTables.includes(table)) throw notFound("Table");
	const columns = columnsOf(table);
	return (async function* () {
		yield `${csvLine(columns)}\r\n`;
		for await (const row of rowsOf(db, accountId, table))
			yield `${csvLine(columns.map((name) => cell(row[name])))}\r\n`;
	})();
}

async function* rowsOf(db: Scope["db"], accountId: string, table: string): AsyncGenerator<Record<string, unknown>> {
	let after: unknown[] | null = null;
	do {
		const page: Awaited<ReturnType<typeof readRows>> = await readRows(db, accountId, table, after, PAGE);
		yield* page.rows;
		after = page.last;
	} while (after);
}

function cell(value: unknown): string | number | null {
	return value === null || value === undefined || typeof value === "number" ? (value ?? null) : String(value);
}
