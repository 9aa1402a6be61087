import { type DialFacts, dialFactsAnyAccount } from "../campaigns/facts/store";
import { fixTransferPrice, notePrepared } from "../campaigns/store";
import { inOneBatch, type Statement } from "../db/client";
import { parsePhone } from "../pure/phone";
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
		const first = campaign.preparedThrough === "" && transferE164 !== null && campaign.transferMinuteMicros === 0;
		const step: Statement[] = first
			? [fixTransferPrice(db, campaign.id, parsePhone(transferE164)?.country ?? "")]
			: copyPage(house, current);
		const results: unknown[] = await inOneBatch<Statement>(db, [...step, dialFactsAnyAccount(db, campaign.id)]);
		current = (results.at(-1) as DialFacts[])[0];
	}
	return current;
}

function copyPage({ db, now }: House, facts: DialFacts): Statement[] {
	const { id, accountId, preparedThrough: through, transferMinuteMicros } = facts.campaign;
	const audience = { listId: facts.campaign.contactListId ?? "", segmentId: facts.campaign.segmentId };
	return [
		...preparePage(db, {
			accountId,
			campaignId: id,
			...audience,
			through,
			callMinutes: callMinutes(facts),
			transferMinuteMicros,
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
