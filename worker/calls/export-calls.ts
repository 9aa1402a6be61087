import type { Scope } from "../scope";
import type { CallFilter } from "./inputs";
import { callsPage } from "./list/store";
import { callAsCsv, callOnWire, csvHead } from "./shape";

const PAGE = 500;

/** The log as lines of CSV, latest first, read a page at a time. */
export async function* exportCalls(
	{ db, accountId }: Scope,
	reach: string | null,
	filter: Omit<CallFilter, "userId">,
): AsyncGenerator<string> {
	yield `${csvHead}\r\n`;
	let before: string | undefined;
	do {
		const rows = await callsPage(db, accountId, { reach, filter, before, limit: PAGE - 1 });
		if (rows.length > 0) yield rows.map((row) => `${callAsCsv(callOnWire(row))}\r\n`).join("");
		before = rows.length === PAGE ? rows.at(-1)?.call.id : undefined;
	} while (before !== undefined);
}
