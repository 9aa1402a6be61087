import { CampaignDesk } from "./campaigns/CampaignDesk";
import { CampaignList } from "./campaigns/CampaignList";

/** All campaigns, or the one that the address names. */
export function CampaignsPage() {
	const id = new URLSearchParams(location.search).get("id");
	return id ? <CampaignDesk id={id} /> : <CampaignList />;
}
