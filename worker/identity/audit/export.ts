import { csvLine } from "../../pure/csv-line";
import type { Scope } from "../../scope";
import { type AuditRow, auditAfter } from "./store";

const PAGE = 500;
const COLUMNS = ["id", "createdAt", "action", "actorId", "object", "detail", "ip", "userAgent", "seal"] as const;

/** An entry of the log as its readers see it. */
export function entryOnWire({ seq, createdAt, ...entry }: AuditRow) {
	return { id: String(seq), ...entry, createdAt: new Date(createdAt).toISOString() };
}

/** The whole log as the lines of a CSV file, a page at a time. */
export async function* auditCsv({ db, accountId }: Scope): AsyncGenerator<string> {
	yield `${csvLine(COLUMNS)}\r\n`;
	let after: number | undefined = 0;
	while (after !== undefined) {
		const rows: AuditRow[] = await auditAfter(db, accountId, after, PAGE);
		for (const row of rows) {
			const entry = entryOnWire(row);
			const cells = COLUMNS.map((name) => (name === "detail" ? JSON.stringify(entry.detail) : entry[name]));
			yield `${csvLine(cells)}\r\n`;
		}
		after = rows.length === PAGE ? rows.at(-1)?.seq : undefined;
	}
}
