import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../../db/client";
import { mediaUrl } from "../../greetings/media-url";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import { voiceAnswer } from "../../outside/carrier/twiml";
import { phrase } from "../../pure/phrases";
import type { House } from "../../scope";
import { type Branch, callbackUrl, type Place } from "../callback-url";
import { contextIn, readingContext } from "../context/store";
import { goOn } from "../go-on";
import type { CarrierForm } from "../inputs";
import { instruct } from "../instruct";
import { languageOf } from "../steps";
import { accountOfCall } from "../store";
import { addEventAnyAccount } from "../story/store";
import {
	backInLineAnyAccount,
	enterAnyAccount,
	type Standing,
	standingAnyAccount,
	takenAnyAccount,
	timedOutAnyAccount,
} from "./store";

const HEAR_FOR_MS = 4 * 3_600_000;
const AGENT_RINGS = 25;

/** A caller waits: hears where in line, some music, and asks again. Goes on with the route when the queue is full, gone, or the time is up. */
export async function wait(house: House, place: Required<Place>, form: CarrierForm): Promise<string> {
	const { db, settings } = house;
	const now = house.now();
	const { callId, about: queueId } = place;
	const hint = accountOfCall(callId);
	const entering = {
		kind: "queue_entered",
		detail: { queueId },
		key: `${callId}:queue:${queueId}:${place.branch}:${place.step}`,
		now,
	};
	const [, , told, [standing], ...read] = await inOneBatch(db, [
		enterAnyAccount(db, { id: `qcl_${ulid(now)}`, callId, queueId, now }),
		addEventAnyAccount(db, callId, entering, "once"),
		publish(db, hint.account, "queue", { queueId, callId }, now),
		standingAnyAccount(db, callId, queueId),
		...readingContext(db, { id: callId }, now),
	]);
	if (standing && now - standing.enteredAt < 2_000) tell(house, told);
	const call = contextIn(read);
	if (!call || call.endedAt !== null || call.carrierRef !== form.CallSid) return voiceAnswer().hangup().toXml();
	const isUp = standing && now - standing.enteredAt > standing.maxWaitSeconds * 1_000;
	if (standing && isUp) await timedOutAnyAccount(db, standing.entryId, now);
	if (!standing || isUp) return (await instruct(house, call, place.branch, place.step)).toXml();
	const answer = voiceAnswer();
	if (standing.announcePosition) {
		const place = standing.position;
		answer.say(...phrase(place === 1 ? "nextInLine" : "placeInLine", languageOf(call), place));
	}
	const music = musicOf(house, standing, now);
	return answer
		.play(music)
		.play(music)
		.redirect(callbackUrl(settings, "wait", place))
		.toXml();
}

function musicOf({ settings }: House, { greetingFileId }: Standing, now: number): string {
	if (greetingFileId) return mediaUrl(settings, greetingFileId, now + HEAR_FOR_MS);
	return new URL("/media/hold-music", settings.PUBLIC_BASE_URL).href;
}

/** An agent took the caller: the agent's browser rings. */
export async function connectAgent(
	house: House,
	{ callId, about }: Required<Place>,
	form: CarrierForm,
): Promise<string> {
	const { db, settings } = house;
	const [[taken], ...read] = await inOneBatch(db, [
		takenAnyAccount(db, about, callId),
		...readingContext(db, { id: callId }, house.now()),
	]);
	const call = contextIn(read);
	if (!call || !taken || call.endedAt !== null || call.carrierRef !== form.CallSid)
		return voiceAnswer().hangup().toXml();
	const isOurs = call.direction === "outbound"; // a campaign's, with a route of its own
	const caller = isOurs ? call.toAddress : call.fromAddress;
	const place = { callId, branch: (isOurs ? "moved" : "open") as Branch, about };
	const statusUrl = callbackUrl(settings, "leg", { ...place, about: taken.userId });
	return voiceAnswer()
		.dial([{ client: taken.identity, about: { call: callId }, statusUrl }], {
			...(caller ? { callerId: caller } : {}),
			actionUrl: callbackUrl(settings, "released", place),
			ringSeconds: AGENT_RINGS,
			recordedUrl: call.recordCalls ? callbackUrl(settings, "recorded", { callId, about: "call" }) : undefined,
		})
		.toXml();
}

/** The agent is through with the caller, or did not come: then the caller waits on, in the same place. */
export async function release(house: House, place: Required<Place>, form: CarrierForm): Promise<string> {
	const { db, settings } = house;
	const reached = form.DialCallStatus === "completed" || form.DialCallStatus === "answered";
	if (reached) return goOn(house, { ...place, branch: "moved", about: "" }, form);
	const now = house.now();
	const hint = accountOfCall(place.callId);
	const results = await inOneBatch<Statement>(db, [
		takenAnyAccount(db, place.about, place.callId),
		backInLineAnyAccount(db, place.about),
		publish(db, hint.account, "queue", { callId: place.callId }, now),
	]);
	tell(house, results[2] as OutboxRow[]);
	const [taken] = results[0] as { queueId: string }[];
	if (!taken) return voiceAnswer().hangup().toXml();
	// Then voicemail; for a campaign's call what its own route says after the queue.
	const after: Pick<Place, "branch" | "step"> =
		place.branch === "moved" ? { branch: "moved", step: 1 } : { branch: "aside" };
	const back = { callId: place.callId, ...after, about: taken.queueId };
	return voiceAnswer()
		.redirect(callbackUrl(settings, "wait", back))
		.toXml();
}
