import { sql } from "drizzle-orm";
import type { Db } from "../../../db/client";
import { attempts } from "../../../db/tables";

/** Open attempts of every account that nobody has heard of for too long, the most overdue first. */
export function overdueAttemptsAnyAccount(db: Db, now: number, limit: number) {
	return db
		.select()
		.from(attempts)
		.where(sql`${attempts.lookAfter} < ${now} AND ${attempts.state} IN ('claimed', 'dialing', 'unknown', 'live')`)
		.orderBy(attempts.lookAfter)
		.limit(limit);
}
