import { fillPlaceholders, type Placeholder, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Db, Statement } from "./client";

/** A value, or its place in a statement that is written before the value is known. */
export type Given<Value> = Value | Placeholder;

/** The same of each of some values; what may be undefined may be so here. */
export type GivenEach<Values> = {
	[Name in keyof Values]:
		| Given<Exclude<Values[Name], undefined>>
		| (undefined extends Values[Name] ? undefined : never);
};

/**
 * Text that SQLite does not look at while it plans. It would where an index holds rows of one such text only, to see whether that will do,
 * and would then plan anew whenever one is bound.
 */
export const unseen = (text: Given<string>): SQL => sql`CAST(${text} AS TEXT)`;

type Places<Values> = { [Name in keyof Values]: Placeholder | (undefined extends Values[Name] ? undefined : never) };

/** What Drizzle makes of a statement. Values in `params` are the statement's own, places wait for theirs. */
interface Written {
	sql: string;
	params: unknown[];
	mapResult(result: unknown, isFromBatch: true): unknown;
}

// Writes statements and has no database: what is kept for the life of the isolate must not hold on to one request's.
const pen = drizzle({ prepare: () => null } as unknown as D1Database) as unknown as Db;

/**
 * Statements whose SQL is the same every time. Drizzle writes it once per isolate instead of at each request, which costs more than all
 * else that a list or a callback of ours does (`bench/README.md`). `write` sees places where the values will be and must not look at
 * them: what it decides, it decides for good. It does see which are there: what is undefined has no place, and for each choice of those
 * that are (the filters of a list) there is a version of its own. What comes of it goes into `inOneBatch`, or is awaited, like any statement.
 */
export function fixed<Values extends object>() {
	return <const Made extends Statement | readonly Statement[]>(write: (db: Db, its: Places<Values>) => Made) => {
		const versions = new Map<string, Written | Written[]>();
		return (db: Db, values: Values): Made => {
			const given = values as Record<string, unknown>;
			const names = Object.keys(given).filter((name) => given[name] !== undefined);
			const version = names.join();
			let made = versions.get(version);
			if (!made) {
				const places = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
				made = writtenOf(write(pen, places as Places<Values>));
				versions.set(version, made);
			}
			const filled = Array.isArray(made)
				? made.map((written) => new FixedStatement(db, written, given))
				: new FixedStatement(db, made, given);
			return filled as unknown as Made;
		};
	};
}

function writtenOf(made: Statement | readonly Statement[]): Written | Written[] {
	return Array.isArray(made) ? made.map((each) => prepared(each)) : prepared(made as Statement);
}

function prepared(statement: Statement): Written {
	// Drizzle's own `batch` takes this way, too.
	const { _prepare } = statement as unknown as { _prepare(): Pick<Written, "mapResult"> & { getQuery(): Written } };
	const query = _prepare.call(statement);
	const { sql, params } = query.getQuery();
	return { sql, params, mapResult: (result) => query.mapResult(result, true) };
}

/** One statement with its values, in the form in which Drizzle's `batch` asks for it; awaited, it goes alone. */
class FixedStatement implements PromiseLike<unknown> {
	readonly stmt: D1PreparedStatement;
	readonly #written: Written;
	readonly #params: unknown[];

	constructor(db: Db, written: Written, values: Record<string, unknown>) {
		const { $client } = db as unknown as { $client: D1Database };
		this.#written = written;
		this.#params = fillPlaceholders(written.params, values);
		this.stmt = $client.prepare(written.sql);
	}

	_prepare() {
		return this;
	}
	getQuery() {
		return { sql: this.#written.sql, params: this.#params };
	}
	mapResult(result: unknown) {
		return this.#written.mapResult(result, true);
	}

	// biome-ignore lint/suspicious/noThenProperty: Drizzle's statements are sent by awaiting them, and so is this one.
	then<A, B>(
		done?: ((rows: unknown) => A | PromiseLike<A>) | null,
		failed?: ((error: unknown) => B | PromiseLike<B>) | null,
	) {
		const answer = this.stmt.bind(...this.#params).all();
		return answer.then((result) => this.mapResult(result)).then(done, failed);
	}
}
