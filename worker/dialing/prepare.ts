import { type DialFacts, dialFactsAnyAccount } from "../campaigns/facts/store";
import { pricedLeg } from "../campaigns/priced-leg";
import { fixTransferPrice, notePrepared } from "../campaigns/store";
import { inOneBatch, type Statement } from "../db/client";
import type { House } from "../scope";
import { PREPARE_PAGE, pageOfList, preparePage } from "./recipients/store";

/** Minutes that one call is paid for at most: what is held before it is placed. */
export function callMinutes({ campaign }: Pick<DialFacts, "campaign">): number {
	return Math.ceil(campaign.maxCallSeconds / 60);
}

/**
 * Copies the campaign's list into its recipients, page by page, each in one round trip; goes on where an earlier try was cut off.
 * Stops when `carryOn` says so. Returns the facts as they are afterwards.
 */
export async function prepare(house: House, facts: DialFacts, carryOn: () => boolean): Promise<DialFacts | undefined> {
	const { db } = house;
	let current: DialFacts | undefined = facts;
	while (current && current.campaign.status === "running" && current.campaign.preparedAt === null && carryOn()) {
		const { campaign, transferE164 }: DialFacts = current;
		if (campaign.contactListId === null && campaign.segmentId === null) return current;
		const leg = campaign.preparedThrough === "" ? pricedLeg(campaign, transferE164) : null;
		const results: unknown[] = await inOneBatch<Statement>(db, [
			...(leg ? [fixTransferPrice(db, campaign.id, leg)] : []),
			...copyPage(house, current),
			dialFactsAnyAccount(db, campaign.id),
		]);
		current = (results.at(-1) as DialFacts[])[0];
	}
	return current;
}

function copyPage({ db, now }: House, facts: DialFacts): Statement[] {
	const { id, accountId, preparedThrough: through } = facts.campaign;
	const audience = { listId: facts.campaign.contactListId ?? "", segmentId: facts.campaign.segmentId };
	return [
		...preparePage(db, {
			accountId,
			campaignId: id,
			...audience,
			through,
			callMinutes: callMinutes(facts),
			now: now(),
		}),
		notePrepared(db, id, {
			page: pageOfList({ accountId, ...audience, through }),
			size: PREPARE_PAGE,
			through,
			now: now(),
		}),
	];
}
