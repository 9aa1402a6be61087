import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { SQLiteRaw } from "drizzle-orm/sqlite-core/query-builders/raw";

/** One statement of a batch: built by a store, sent by a verb together with others. */
export type Statement = BatchItem<"sqlite">;

/** How often the database was asked on behalf of one request. Tests and `Server-Timing` read it. */
export interface Trips {
	count: number;
}

type StatementListener = (statement: { sql: string; params: unknown[]; inBatch: boolean }) => void;
let listener: StatementListener | undefined;

/** Shows every statement to `next` from now on and gives who was shown them before; nothing is kept without a listener. For tests. */
export function observeStatements(next: StatementListener | undefined): StatementListener | undefined {
	const before = listener;
	listener = next;
	return before;
}

/**
 * The database for one request: Drizzle over one D1 session, with its round trips counted.
 * Reads of the session see its own writes, whichever replica answers.
 */
export interface Db extends DrizzleD1Database {
	readonly trips: Trips;
	/** Where the next request of this client must at least read from; null before the first query. */
	bookmark(): string | null;
}

/** `nearest` reads may lag behind (lists); `primary` is for money, ownership, opt-outs and every write. */
export type Freshness = "nearest" | "primary";

/** Opens the database for one request. `bookmark` is what an earlier answer to the same client carried. */
export function openDb(d1: D1Database, freshness: Freshness, bookmark?: string): Db {
	const session = d1.withSession(bookmark ?? (freshness === "primary" ? "first-primary" : "first-unconstrained"));
	const trips: Trips = { count: 0 };
	// Without the tables: Drizzle would read through all of them for every request, for a way of asking that nobody here uses.
	const db = drizzle(counted(session, trips));
	return Object.assign(db, { trips, bookmark: () => session.getBookmark() });
}

/**
 * Sends several statements as one transaction and one round trip; the results come in their order. No row may have one column name
 * twice (two tables' `id`): D1 answers a batch with objects, and one of the two would be lost.
 */
export function inOneBatch<const S extends readonly Statement[]>(db: Db, statements: S): Promise<BatchResponse<S>>;
export function inOneBatch<S extends Statement>(db: Db, statements: S[]): Promise<BatchResponse<[S, ...S[]]>>;
export function inOneBatch(db: Db, statements: readonly Statement[]): Promise<unknown> {
	const [first, ...rest] = statements;
	if (!first) throw new Error("a batch needs a statement");
	for (const statement of statements) if (statement instanceof SQLiteRaw) bindable(db, statement);
	return db.batch([first, ...rest]);
}

// Drizzle's batch binds the parameters of what it has prepared, and `db.run(sql...)` it has not.
function bindable(db: Db, statement: SQLiteRaw<unknown>): void {
	const { $client } = db as unknown as { $client: D1Database };
	Object.assign(statement, { stmt: $client.prepare(statement.getQuery().sql) });
}

/** SQLite looks at a bare parameter of LIMIT when it plans, and so plans anew whenever one is bound: half of what a small page costs. */
function plannedOnce(sql: string): string {
	return sql.replaceAll(" limit ?", " limit CAST(? AS INTEGER)").replaceAll("LIMIT ?", "LIMIT CAST(? AS INTEGER)");
}

// D1 has no hook to see its queries, so the session is wrapped where Drizzle meets it.
function counted(session: D1DatabaseSession, trips: Trips): D1Database {
	const note = (sql: string, params: unknown[], inBatch: boolean) => listener?.({ sql, params, inBatch });
	const wrap = (statement: D1PreparedStatement, sql: string, params: unknown[]): D1PreparedStatement => {
		const once = <T>(run: () => T): T => {
			trips.count++;
			note(sql, params, false);
			return run();
		};
		const wrapped = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values), sql, values),
			first: (column: string) => once(() => statement.first(column)),
			run: () => once(() => statement.run()),
			all: () => once(() => statement.all()),
			raw: (options: { columnNames: true }) => once(() => statement.raw(options)),
			asBatchItem: () => {
				note(sql, params, true);
				return statement;
			},
		};
		return wrapped as unknown as D1PreparedStatement;
	};
	return {
		prepare: (written: string) => {
			const sql = plannedOnce(written);
			return wrap(session.prepare(sql), sql, []);
		},
		batch: (statements: (D1PreparedStatement & { asBatchItem?: () => D1PreparedStatement })[]) => {
			trips.count++;
			return session.batch(statements.map((statement) => statement.asBatchItem?.() ?? statement));
		},
	} as unknown as D1Database;
}
