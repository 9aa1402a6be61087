import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { campaignDoNotCall } from "../../db/tables";

/** Numbers that this campaign leaves out; `json` is an array of E.164. Those that are left out already stay so. */
export function leavingOut(db: Db, accountId: string, campaignId: string, json: string, now: number): Statement {
	return db.run(sql`INSERT INTO campaign_do_not_call (campaign_id, e164, account_id, created_at)
		SELECT k.id, wanted.value, k.account_id, ${now} FROM json_each(${json}) wanted
		CROSS JOIN campaigns k ON k.account_id = ${accountId} AND k.id = ${campaignId} WHERE true
		ON CONFLICT DO NOTHING`);
}

export function takingBackIn(db: Db, accountId: string, campaignId: string, e164: string) {
	return db
		.delete(campaignDoNotCall)
		.where(
			and(
				eq(campaignDoNotCall.campaignId, campaignId),
				eq(campaignDoNotCall.e164, e164),
				eq(campaignDoNotCall.accountId, accountId),
			),
		)
		.returning({ e164: campaignDoNotCall.e164 });
}

/** In the order of the numbers; one row more than the page holds. */
export function pageLeftOut(
	db: Db,
	accountId: string,
	campaignId: string,
	{ limit, after }: { limit: number; after: string | undefined },
) {
	return db
		.select({ e164: campaignDoNotCall.e164, createdAt: campaignDoNotCall.createdAt })
		.from(campaignDoNotCall)
		.where(
			and(
				eq(campaignDoNotCall.campaignId, campaignId),
				eq(campaignDoNotCall.accountId, accountId),
				after === undefined ? undefined : gt(campaignDoNotCall.e164, after),
			),
		)
		.orderBy(asc(campaignDoNotCall.e164))
		.limit(limit + 1);
}
