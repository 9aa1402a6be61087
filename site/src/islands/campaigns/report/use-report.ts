import { api, said } from "../../../lib/api";
import { useRead } from "../../../lib/use-read";
import type { Campaign } from "../../../lib/wire";
import { pollWhile } from "../live";

/** The report of a campaign, shared by everything that shows a part of it. */
export function useReport(campaign: Campaign) {
	const going = campaign.status === "running";
	return useRead({
		key: ["campaigns", campaign.id, "report", going ? "going" : campaign.updatedAt],
		read: () => said(api.campaigns[":id"].report.$get({ param: { id: campaign.id } })),
		every: pollWhile(going),
		keepOld: true,
	});
}
