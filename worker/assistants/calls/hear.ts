import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import type { AboutCall, AssistantAnswer, AssistantEvent } from "../../outside/assistant/assistant";
import type { House } from "../../scope";
import { assistantForNumberAnyAccount } from "../connections/store";
import { chargeReportAnyAccount } from "./charging/store";
import { isAffordable } from "./legs";
import { fetchRecordings } from "./recordings";
import {
	accountOfCall,
	destinationAnyAccount,
	EVENT_RULE,
	hintOf,
	noteReportAnyAccount,
	noteStatusAnyAccount,
	noteTransferAnyAccount,
	rememberEvent,
} from "./store";

/**
 * Takes in what the provider tells or asks, in any order and any number of times; one round trip, so that a question is answered long
 * before its 7.5 seconds are over. What is about nobody's call, or of a kind that is not known, changes nothing.
 */
export async function hearAssistant(house: House, event: AssistantEvent): Promise<AssistantAnswer> {
	switch (event.type) {
		case "which_assistant": {
			const ref = event.ownNumber && (await assistantForNumberAnyAccount(house.db, event.ownNumber));
			return ref ? { assistantRef: ref } : { error: "Nobody answers this number at the moment." };
		}
		case "which_destination": {
			const found = event.assistantRef ? await destinationAnyAccount(house.db, event.assistantRef) : null;
			return found && isAffordable(found)
				? { destination: found.number }
				: { error: "There is nobody to hand this call to." };
		}
		case "other":
			return null;
		default:
			await keep(house, event);
			return null;
	}
}

type Told = Exclude<AssistantEvent, { type: "which_assistant" | "which_destination" | "other" }>;

async function keep(house: House, event: Told): Promise<void> {
	const { db } = house;
	const now = house.now();
	const effects = effectsOf(house, event, now);
	try {
		const results = await inOneBatch<Statement>(db, [
			rememberEvent(db, event, event.type, keyOf(event), now),
			...effects,
			publish(db, accountOfCall(event.callRef), "call", hintOf(event.callRef), now),
		]);
		tell(house, results.at(-1) as OutboxRow[]);
	} catch (error) {
		if (brokenRule(error) === EVENT_RULE) return;
		throw error;
	}
	if (event.type === "report" && event.hasRecording) house.defer(fetchRecordings(house, now));
}

function effectsOf({ db }: House, event: Told, now: number): Statement[] {
	const first = (at: number | null) => ({ id: `acl_${ulid(at ?? now)}`, at: at ?? now });
	switch (event.type) {
		case "status":
			return [noteStatusAnyAccount(db, event, { ...first(event.at), status: event.status })];
		case "report":
			return [
				noteStatusAnyAccount(db, event, { ...first(event.startedAt), status: "ended" }),
				noteReportAnyAccount(db, event, now),
				...chargeReportAnyAccount(db, event.callRef, now),
			];
		case "transferred":
			return [noteTransferAnyAccount(db, event.callRef, event.to, now)];
		case "hang":
			return [];
	}
}

/** What makes an event the same as one that came before. A report differs from its repetition in signed addresses only. */
function keyOf(event: Told & AboutCall): string {
	const which = event.type === "status" ? event.status : event.type === "transferred" ? event.to : "";
	return `${event.callRef}:${event.type}:${which}`;
}
