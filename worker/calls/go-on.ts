import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { tellWallet } from "../live/tell";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import type { Place } from "./callback-url";
import { whereTo } from "./consult/rooms";
import { type CallContext, readWith } from "./context/store";
import type { CarrierForm } from "./inputs";
import { instruct } from "./instruct";
import { settling } from "./leg-money";
import { noteLeg } from "./store";
import { addEventAnyAccount, SEEN_BEFORE } from "./story/store";

const ANSWERED = new Set(["completed", "answered"]);

/**
 * What comes next on a call's route: after a line that rang, by how that went, or because the call was sent here. Somebody who was
 * spoken with is not rung again. A repeated callback hears the same and changes nothing.
 */
export async function goOn(house: House, place: Required<Place>, form: CarrierForm): Promise<string> {
	const call = await noteDial(house, place, form);
	if (call && isParted(call, form)) return (await whereTo(house, call, form.CallSid, 0)).toXml();
	const isOver = call === null || call.endedAt !== null || call.carrierRef !== form.CallSid;
	const isTold = call?.direction === "outbound" && place.branch !== "moved"; // who called hears that nobody answers
	if (isOver || isTold || ANSWERED.has(form.DialCallStatus ?? "")) return voiceAnswer().hangup().toXml();
	return (await instruct(house, call, place.branch, place.step)).toXml();
}

/** True when the line that ended was joined to this one until somebody was asked about the call: both go on elsewhere. */
function isParted({ consult }: CallContext, { CallSid, DialCallSid }: CarrierForm): boolean {
	if (!consult) return false;
	const { agentRef, customerRef } = consult;
	return CallSid === customerRef ? DialCallSid === agentRef : CallSid === agentRef && DialCallSid === customerRef;
}

/** Notes how a dialed line did and reads the call, in one trip; settles the line's money in another if there is any. */
export async function noteDial(house: House, place: Required<Place>, form: CarrierForm): Promise<CallContext | null> {
	const { db } = house;
	const now = house.now();
	const status = form.DialCallStatus;
	const seconds = form.DialCallDuration ?? 0;
	const key = `${form.CallSid}:next:${place.branch}:${place.step}:${status ?? "-"}:${form.DialCallSid ?? "-"}`;
	const news: Statement[] = status
		? [
				addEventAnyAccount(db, place.callId, { kind: "dialed", detail: { status, seconds }, key, now }),
				noteLeg(db, place.callId, { seconds, status }),
			]
		: [];
	const call = await readAfter(house, place.callId, news, now);
	if (call?.usageRef && status && !isParted(call, form)) {
		await inOneBatch<Statement>(
			db,
			settling(db, call, [{ ref: call.usageRef, seconds: ANSWERED.has(status) ? seconds : 0 }], now),
		);
		tellWallet(house, call.accountId);
	}
	return call;
}

/** Does what is new and reads the call, as one batch; what was seen before is only read. */
export async function readAfter(
	{ db }: House,
	callId: string,
	news: Statement[],
	now: number,
): Promise<CallContext | null> {
	try {
		return await readWith(db, news, { id: callId }, now);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
		return readWith(db, [], { id: callId }, now);
	}
}
