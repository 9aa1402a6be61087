import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import type { Db } from "../../db/client";
import { attempts, campaignHours, campaignVariants } from "../../db/tables";

/** Calls by the hour in which they rang (hours since 1970, UTC) and by the zones of the people called. */
export function hoursOf(db: Db, accountId: string, campaignId: string) {
	return db
		.select({
			zones: campaignHours.zones,
			hour: campaignHours.hour,
			calls: campaignHours.calls,
			answered: campaignHours.answered,
			transferred: campaignHours.transferred,
		})
		.from(campaignHours)
		.where(and(eq(campaignHours.campaignId, campaignId), eq(campaignHours.accountId, accountId)));
}
export type HourRow = Awaited<ReturnType<typeof hoursOf>>[number];

/** What came of each greeting. */
export function variantsOf(db: Db, accountId: string, campaignId: string) {
	return db
		.select()
		.from(campaignVariants)
		.where(and(eq(campaignVariants.campaignId, campaignId), eq(campaignVariants.accountId, accountId)));
}
export type VariantRow = Awaited<ReturnType<typeof variantsOf>>[number];

/** A page of the attempts of a campaign, oldest first, as far as they reached the carrier. */
export function attemptsPage(db: Db, accountId: string, campaignId: string, after: string | undefined, limit: number) {
	return db
		.select()
		.from(attempts)
		.where(
			and(
				eq(attempts.accountId, accountId),
				eq(attempts.campaignId, campaignId),
				isNotNull(attempts.dialedAt),
				after === undefined ? undefined : gt(attempts.id, after),
			),
		)
		.orderBy(asc(attempts.id))
		.limit(limit + 1);
}
