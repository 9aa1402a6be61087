import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";

const waiting = (
	<div class="card p-6">
		<h1 class="sr-only">Campaigns</h1>
		<TextSkeleton lines={6} label="Loading" />
	</div>
);
// Only one of the two is ever on the page.
const CampaignDesk = later(() => import("./campaigns/CampaignDesk").then((part) => part.CampaignDesk), waiting);
const CampaignList = later(() => import("./campaigns/CampaignList").then((part) => part.CampaignList), waiting);

/** All campaigns, or the one that the address names. */
export function CampaignsPage() {
	const id = new URLSearchParams(location.search).get("id");
	return id ? <CampaignDesk id={id} /> : <CampaignList />;
}
