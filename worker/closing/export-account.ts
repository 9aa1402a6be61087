import type { Scope } from "../scope";
import { exportedTables, readRows } from "./store";

const PAGE = 500;

/** Everything that is kept of the account, as one JSON text, a page at a time: memory does not grow with the account. */
export async function* exportAccount({ db, accountId, now }: Scope): AsyncGenerator<string> {
	yield `{"exportedAt":${JSON.stringify(new Date(now()).toISOString())},"accountId":${JSON.stringify(accountId)}`;
	for (const table of exportedTables) {
		yield `,\n${JSON.stringify(table)}:[`;
		let separator = "";
		let after: unknown[] | null = null;
		do {
			const page: Awaited<ReturnType<typeof readRows>> = await readRows(db, accountId, table, after, PAGE);
			for (const row of page.rows) {
				yield `${separator}${JSON.stringify(row)}`;
				separator = ",\n";
			}
			after = page.last;
		} while (after);
		yield "]";
	}
	yield "}\n";
}
