import { inOneBatch } from "../db/client";
import type { Settings } from "../env";
import { type VoiceAnswer, voiceAnswer } from "../outside/carrier/twiml";
import { rankOf } from "../pure/call-state";
import type { House } from "../scope";
import { callbackUrl, type Place } from "./callback-url";
import { type CallContext, contextIn, readingContext } from "./context/store";
import { readAfter } from "./go-on";
import { CALLEE } from "./hear-leg";
import type { CarrierForm } from "./inputs";
import { hearOfCall } from "./store";
import { addEventAnyAccount } from "./story/store";

export const RING_SECONDS = 45;

/**
 * Whoever makes the call has picked up: connects the other end, for as long as is paid for. A second call for the same record, one that
 * is over, and somebody who asked for silence meanwhile hear nothing. One trip.
 */
export async function connectCallee(house: House, { callId }: Required<Place>, form: CarrierForm): Promise<string> {
	const { db, settings } = house;
	const now = house.now();
	const status = "in-progress";
	const heard = { callId, carrierRef: form.CallSid, status, rank: rankOf(status), over: false };
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const call = await readAfter(
		house,
		callId,
		[
			addEventAnyAccount(db, callId, { kind: "picked_up", key: `${form.CallSid}:agent`, now }),
			hearOfCall(db, { ...heard, durationSeconds: 0, sipCode: "", lookAfter, now }),
		],
		now,
	);
	const minutes = call?.minutesHeld ?? null;
	if (!call || call.endedAt !== null || call.carrierRef !== form.CallSid || call.isSilenced || minutes === null)
		return voiceAnswer().hangup().toXml();
	return calleeOf(settings, call, minutes).toXml();
}

/** Rings the other end of a call that somebody here makes, who is told of a recording before they are connected. */
export function calleeOf(settings: Settings, call: CallContext, minutes: number): VoiceAnswer {
	const place = { callId: call.id };
	const hears = call.recordCalls && call.announcement ? callbackUrl(settings, "announce", place) : undefined;
	const statusUrl = callbackUrl(settings, "leg", { ...place, about: CALLEE });
	return voiceAnswer().dial([{ number: call.toAddress, hears, statusUrl }], {
		callerId: call.own,
		actionUrl: callbackUrl(settings, "next", place),
		ringSeconds: RING_SECONDS,
		timeLimitSeconds: minutes * 60,
		recordedUrl: call.recordCalls ? callbackUrl(settings, "recorded", { ...place, about: "call" }) : undefined,
		...(call.via === "browser" ? { answersOnBridge: true } : {}),
	});
}

/** What whoever was called hears of a call that is recorded, before they are connected. One trip. */
export async function announceTo(house: House, { callId }: Required<Place>): Promise<string> {
	const call = contextIn(await inOneBatch(house.db, readingContext(house.db, { id: callId }, house.now())));
	const answer = voiceAnswer();
	if (call?.endedAt === null && call.announcement) answer.say(call.announcement);
	return answer.toXml();
}
