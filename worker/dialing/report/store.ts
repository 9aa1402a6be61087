import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client";
import { campaignHours, campaignVariants } from "../../db/tables";

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
