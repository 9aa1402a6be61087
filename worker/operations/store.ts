import { sql } from "drizzle-orm";
import type { Db } from "../db/client";
import { Fault } from "../errors";

/** Milliseconds that the database takes to answer; throws `try_again` when it does not. */
export async function pingDatabase(db: Db): Promise<number> {
	const asked = performance.now();
	try {
		await db.run(sql`SELECT 1`);
	} catch (cause) {
		throw new Fault("try_again", "The database does not answer", { retryAfter: 5, cause });
	}
	return performance.now() - asked;
}
