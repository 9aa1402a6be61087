import { ulid } from "ulid";
import { type DialFacts, dialFactsAnyAccount } from "../campaigns/facts/store";
import { completeIfDone, pauseBecause, stopResting } from "../campaigns/store";
import { inOneBatch, type Statement } from "../db/client";
import { type OutboxRow, takeCampaignEvent, takeWalletEvent } from "../live/store";
import { pass } from "../live/tell";
import type { House } from "../scope";
import {
	claim,
	type Dropped,
	drop,
	dropClaimsUnlessRunning,
	dropSuppressed,
	type Posted,
	type Ready,
	recordPosted,
	startDialing,
} from "./attempts/store";
import { putOff, skipSuppressed } from "./recipients/store";

/** What has happened since the last turn, and what is wanted of this one. */
export interface TurnInput {
	facts: DialFacts;
	posted: Posted[];
	dropped: Dropped[];
	/** Zones that are closed now and had not been put off yet. */
	closed: Record<string, number | null>;
	/** How many calls may become `dialing` in this turn. */
	wanted: number;
	/** How many people are kept claimed ahead of the calls. */
	ahead: number;
	pause: string | null;
	/** Whether the account's pages are to be told that the campaign and the wallet have moved. */
	tell: boolean;
}

/**
 * One turn of a dialer in one transaction and one round trip: records what became of the last calls, lets the next ones pass the
 * point of no return, and claims the people after them. Returns those that must be dialed now.
 */
export async function takeTurn(
	house: House,
	input: TurnInput,
): Promise<{ ready: Ready[]; facts: DialFacts | undefined }> {
	const { db, settings } = house;
	const { campaign } = input.facts;
	const now = house.now();
	const { id: campaignId, accountId } = campaign;
	const start = startDialing(db, {
		campaignId,
		limit: input.wanted,
		mostLive: settings.MAX_CONCURRENT_CALLS,
		mostLiveOfCampaign: campaign.maxConcurrent ?? settings.MAX_CONCURRENT_CALLS,
		now,
	});
	const before: Statement[] = [
		...recordPosted(db, input.posted, { lookAfter: now + settings.COMPLETER_AGE_SECONDS * 1000, now }),
		...drop(db, input.dropped, now),
		...(input.pause ? [pauseBecause(db, campaignId, input.pause, now)] : []),
		dropSuppressed(db, accountId, campaignId, now),
	];
	const results = await inOneBatch<Statement>(db, [
		...before,
		start,
		...(campaign.restingUntil === null ? [] : [stopResting(db, campaignId, now)]),
		...claims(house, input, now),
		dropClaimsUnlessRunning(db, campaignId, now),
		completeIfDone(db, campaignId, now),
		...(input.tell ? [takeCampaignEvent(db, campaignId, now), takeWalletEvent(db, accountId, now)] : []),
		dialFactsAnyAccount(db, campaignId),
	]);
	if (input.tell) pass(house, results.slice(-3, -1).flat() as OutboxRow[]);
	return {
		ready: results[before.length] as Awaited<typeof start>,
		facts: (results.at(-1) as DialFacts[])[0],
	};
}

function claims({ db }: House, { facts, closed, ahead }: TurnInput, now: number): Statement[] {
	const { id: campaignId, accountId, outsideHours, callerChoice } = facts.campaign;
	const callers = JSON.parse(facts.callers) as string[];
	return [
		...(Object.keys(closed).length > 0 ? [putOff(db, campaignId, closed, outsideHours === "skip", now)] : []),
		...(callers.length > 0 && ahead > 0
			? [
					skipSuppressed(db, accountId, campaignId, ahead, now),
					claim(db, { accountId, campaignId, callers, local: callerChoice === "local", ahead, turnId: ulid(now), now }),
				]
			: []),
	];
}
