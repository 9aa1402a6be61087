import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { CampaignList } from "./campaigns/CampaignList";

const CampaignDesk = later(
	() => import("./campaigns/CampaignDesk").then((part) => part.CampaignDesk),
	<div class="card p-6">
		<h1 class="sr-only">Campaign</h1>
		<TextSkeleton lines={6} label="Loading the campaign" />
	</div>,
);

/** All campaigns, or the one that the address names. */
export function CampaignsPage() {
	const id = new URLSearchParams(location.search).get("id");
	return id ? <CampaignDesk id={id} /> : <CampaignList />;
}
