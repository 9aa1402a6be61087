import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client";
import { accountCalls, campaigns } from "../../db/tables";

/** Running campaigns of every account that have somebody to call: the cron wakes their dialers. */
export function busyCampaignsAnyAccount(db: Db, now: number) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(and(eq(campaigns.status, sql`'running'`), sql`coalesce(${campaigns.restingUntil}, 0) <= ${now}`))
		.limit(1_000);
}

/** Ids of the account's campaigns whose dialer may hold somebody ready to be called. */
export function runningCampaignsOf(db: Db, accountId: string) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(and(eq(campaigns.accountId, accountId), eq(campaigns.status, sql`'running'`)));
}

/** The same for the account that an attempt belongs to. */
export function runningCampaignsOfAttempt(db: Db, attemptId: string) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(
			and(
				sql`${campaigns.accountId} = (SELECT account_id FROM attempts WHERE id = ${attemptId})`,
				eq(campaigns.status, sql`'running'`),
			),
		);
}

/** How many calls all of the account's campaigns have placed. */
export async function callCount(db: Db, accountId: string): Promise<number> {
	const [row] = await db
		.select({ total: accountCalls.totalCalls })
		.from(accountCalls)
		.where(eq(accountCalls.accountId, accountId));
	return row?.total ?? 0;
}
