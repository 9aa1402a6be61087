import { env } from "cloudflare:workers";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as tables from "../db/tables";

interface Column {
	name: string;
	type: string;
	required: boolean;
	defaulted: boolean;
}

const drizzled = Object.values(tables)
	.filter((table) => is(table, SQLiteTable))
	.map((table) => getTableConfig(table));

/** The tables as the migrations made them, without those of SQLite, D1 and the batch guards. */
async function migratedTables(): Promise<{ name: string; strict: number }[]> {
	const { results } = await env.DB.prepare("PRAGMA table_list").all<{ name: string; type: string; strict: number }>();
	return results.filter(({ name, type }) => type === "table" && !/^(sqlite_|_cf_|d1_migrations$|must$)/.test(name));
}

async function migratedColumns(table: string): Promise<Column[]> {
	const { results } = await env.DB.prepare(`PRAGMA table_info("${table}")`).all<{
		name: string;
		type: string;
		notnull: number;
		dflt_value: string | null;
		pk: number;
	}>();
	return results.map(({ name, type, notnull, dflt_value, pk }) => ({
		name,
		type: type.toLowerCase(),
		required: notnull === 1 || pk > 0,
		defaulted: dflt_value !== null,
	}));
}

function drizzledColumns({ columns, primaryKeys }: (typeof drizzled)[number]): Column[] {
	const keys = new Set(primaryKeys.flatMap((key) => key.columns.map(({ name }) => name)));
	return columns.map((column) => ({
		name: column.name,
		type: column.getSQLType(),
		required: column.notNull || column.primary || keys.has(column.name),
		defaulted: column.hasDefault && !column.primary,
	}));
}

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);

describe("the schema", () => {
	it("has the same tables for Drizzle as the migrations make", async () => {
		const migrated = (await migratedTables()).map(({ name }) => name).sort();

		expect(drizzled.map(({ name }) => name).sort()).toEqual(migrated);
	});

	it.each(drizzled.map((config) => [config.name, config] as const))("%s: the same columns", async (name, config) => {
		const migrated = await migratedColumns(name);

		expect(drizzledColumns(config).sort(byName)).toEqual(migrated.sort(byName));
	});

	it("is strict in every table, so that no text slips into an amount", async () => {
		const loose = (await migratedTables()).filter(({ strict }) => strict !== 1);

		expect(loose).toEqual([]);
	});
});
