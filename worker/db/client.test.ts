import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { observeStatements, openDb } from "./client";
import { users } from "./tables";

it("leaves no limit to be looked at while a statement is planned, whoever wrote it", async () => {
	const db = openDb(env.DB, "primary");
	const seen: string[] = [];
	const before = observeStatements(({ sql }) => seen.push(sql));

	const built = await db.select({ id: users.id }).from(users).limit(0);
	const written = await db.all(sql`SELECT value FROM json_each('[1,2,3]') LIMIT ${2}`);

	observeStatements(before);
	expect([built, written]).toEqual([[], [{ value: 1 }, { value: 2 }]]);
	expect(seen).toHaveLength(2);
	for (const statement of seen) expect(statement).toMatch(/limit CAST\(\? AS INTEGER\)$/i);
});
