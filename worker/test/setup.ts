import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll } from "vitest";
import { observeStatements } from "../db/client";

beforeAll(async () => {
	await reset();
	await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
	observeStatements(refuseTwins);
});

/** Catches what {@link inOneBatch} warns of before it shows as a value in the wrong column. */
function refuseTwins({ sql, inBatch }: { sql: string; inBatch: boolean }): void {
	if (!inBatch || !/^select /i.test(sql) || !/ join /i.test(sql)) return;
	const columns = sql.slice(7, sql.search(/ from /i)).match(/"\w+"\."(\w+)"/g) ?? [];
	const names = columns.map((column) => column.split(".")[1]);
	const twin = names.find((name, at) => names.indexOf(name) !== at);
	if (twin) throw new Error(`a batch selects the column ${twin} twice: ${sql}`);
}
