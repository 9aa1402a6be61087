import type { CampaignScript } from "../db/tables/campaign-script";
import type { Settings } from "../env";
import { type Carrier, type PlaceCall, usualDeadline } from "../outside/carrier/carrier";
import type { House } from "../scope";
import type { Ready } from "./attempts/store";
import { callbackUrl } from "./callback-url";
import { type Orders, takenBy } from "./taken";

const RING_SECONDS = 30;

/** What a campaign says of every call that it orders. */
export interface Terms {
	maxCallSeconds: number;
	machines: CampaignScript["machines"];
}

/** Orders calls over this object's connections (hand 0), or over those of one that lends its own. */
export function placeOver(
	house: House,
	{ campaignId, terms, hand }: { campaignId: string; terms: Terms; hand: number },
	attempts: Ready[],
): Promise<Orders> {
	const requests = attempts.map((attempt) => orderOf(house.settings, campaignId, terms, attempt));
	if (hand === 0) return placeAll(house.carrier, requests);
	// Another object's six connections are as good as ours. Whether requests that it lost have left, nobody knows.
	return house
		.dialerOf(`${campaignId}/${hand}`)
		.lend(requests)
		.catch(() => ({ taken: requests.map(() => ({ result: "unclear" })), askedAt: 0 }));
}

/** Orders calls at once, each over a connection of its own. */
export async function placeAll(carrier: Carrier, requests: PlaceCall[]): Promise<Orders> {
	const deadline = usualDeadline();
	const asked = requests.map((request) => takenBy(() => carrier.placeCall(request, deadline)));
	const askedAt = Date.now();
	return { taken: await Promise.all(asked), askedAt };
}

function orderOf(settings: Settings, campaignId: string, { maxCallSeconds, machines }: Terms, to: Ready): PlaceCall {
	return {
		to: to.e164,
		from: to.callerE164,
		answerUrl: callbackUrl(settings, "answer", to.id),
		statusUrl: callbackUrl(settings, "status", to.id, `&c=${campaignId}`),
		ringSeconds: RING_SECONDS,
		maxSeconds: maxCallSeconds,
		...(machines && { machineDetection: machines.do === "voicemail" ? "wait_for_beep" : "detect" }),
		...(machines?.detection === "meanwhile" && { machineDetectionUrl: callbackUrl(settings, "machine", to.id) }),
	};
}
