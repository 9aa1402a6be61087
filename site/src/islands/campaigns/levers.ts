import { api, said } from "../../lib/api";
import { changed, entryOf, set } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { campaignKey } from "./live";

export type Lever = "pause" | "resume" | "cancel";

const DONE: Record<Lever, string> = {
	pause: "Paused. No further call goes out; calls in the air may finish.",
	resume: "Calling goes on.",
	cancel: "Cancelled. Nobody else is called.",
};

/** Moves a campaign, and says so. */
export async function pull(id: string, lever: Lever): Promise<void> {
	set(entryOf(campaignKey(id)), await said(api.campaigns[":id"][lever].$post({ param: { id } })));
	await changed("campaigns", "wallet");
	tell(DONE[lever]);
}
