import { eq, is, isNull, sql } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Db, Statement } from "../db/client";
import * as tables from "../db/tables";

const { closures } = tables;

/** Notes that the account's owner wants it gone. A second time changes nothing. */
export function beginClosure(db: Db, accountId: string, now: number): Statement {
	return db.insert(closures).values({ accountId, askedAt: now }).onConflictDoNothing();
}

export function unfinishedClosuresAnyAccount(db: Db) {
	return db.select().from(closures).where(isNull(closures.finishedAt)).orderBy(closures.askedAt).limit(20);
}

export async function noteClosure(
	db: Db,
	accountId: string,
	progress: { doneSteps: string[]; lastError: string | null; finishedAt: number | null },
): Promise<void> {
	await db.update(closures).set(progress).where(eq(closures.accountId, accountId));
}

const all = Object.values(tables)
	.filter((table) => is(table, SQLiteTable))
	.map((table) => getTableConfig(table));

const SECRET = /hash|sealed|secret|password(?!_is)|token|r2_key|request_hash/;
const has = (config: (typeof all)[number], column: string) => config.columns.some(({ name }) => name === column);

/** The tables whose rows say which account they are of. */
export const tablesOfAccounts = all.filter((config) => has(config, "account_id")).map(({ name }) => name);

const OF_PEOPLE = ["sessions", "linked_identities"];

/** The tables that an export is made of. */
export const exportedTables = [...tablesOfAccounts.filter((name) => name !== "audit_unsealed"), ...OF_PEOPLE];

/** One page of the account's rows of a table, without what is secret; `after` is what the page before ended with. */
export async function readRows(db: Db, accountId: string, table: string, after: unknown[] | null, most: number) {
	const config = all.find(({ name }) => name === table);
	if (!config) return { rows: [], last: null };
	const keys = keysOf(config);
	const columns = sql.join(
		keys.map((name) => sql.identifier(name)),
		sql`, `,
	);
	const behind =
		after &&
		sql` AND (${columns}) > (${sql.join(
			after.map((value) => sql`${value}`),
			sql`, `,
		)})`;
	const own = OF_PEOPLE.includes(table)
		? sql`user_id IN (SELECT id FROM users WHERE account_id = ${accountId})`
		: sql`account_id = ${accountId}`;
	const found = await db.all<Record<string, unknown>>(
		sql`SELECT * FROM ${sql.identifier(table)} WHERE ${own}${behind ?? sql``} ORDER BY ${columns} LIMIT ${most}`,
	);
	const last = found.length === most ? keys.map((name) => found.at(-1)?.[name]) : null;
	return { rows: found.map(withoutSecrets), last };
}

/** The names of a table's columns that an export shows. */
export function columnsOf(table: string): string[] {
	const config = all.find(({ name }) => name === table);
	return config?.columns.map(({ name }) => name).filter((name) => !SECRET.test(name)) ?? [];
}

/** Erases up to `most` of the account's rows of a table; false while there may be more. */
export async function eraseRows(db: Db, accountId: string, table: string, most: number): Promise<boolean> {
	const config = all.find(({ name }) => name === table);
	if (!config) throw new Error(`no table ${table}`);
	const keys = sql.join(
		keysOf(config).map((name) => sql.identifier(name)),
		sql`, `,
	);
	const name = sql.identifier(table);
	const { meta } = await db.run(
		sql`DELETE FROM ${name} WHERE (${keys}) IN (SELECT ${keys} FROM ${name} WHERE account_id = ${accountId} LIMIT ${most})`,
	);
	return meta.changes < most;
}

/** True while calls of the account are in the air or not yet accounted for. */
export async function hasOpenCalls(db: Db, accountId: string): Promise<boolean> {
	const open = await db.all(
		sql`SELECT 1 FROM attempts WHERE account_id = ${accountId} AND state IN ('claimed', 'dialing', 'unknown', 'live') LIMIT 1`,
	);
	return open.length > 0;
}

/** Everybody who is or was in the account. */
export async function peopleOf(db: Db, accountId: string): Promise<string[]> {
	const found = await db
		.select({ id: tables.users.id })
		.from(tables.users)
		.where(eq(tables.users.accountId, accountId));
	return found.map(({ id }) => id);
}

/** Numbers of the account that are not given back yet. */
export function heldNumbers(db: Db, accountId: string): Promise<{ id: string; status: string }[]> {
	return db.all(
		sql`SELECT id, status FROM numbers WHERE account_id = ${accountId} AND status IN ('pending', 'active', 'releasing') LIMIT 200`,
	);
}

function keysOf({ columns, primaryKeys }: (typeof all)[number]): string[] {
	const several = primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
	return several.length > 0 ? several : columns.filter(({ primary }) => primary).map(({ name }) => name);
}

function withoutSecrets(row: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(row).filter(([name]) => !SECRET.test(name)));
}
