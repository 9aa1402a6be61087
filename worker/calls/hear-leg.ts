import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import type { House } from "../scope";
import { countTransferAnyAccount } from "../transfers/store";
import type { Place } from "./callback-url";
import { afterAgentLeft } from "./consult/hear-asked";
import { agentLeftAnyAccount, type ConsultRow } from "./consult/store";
import { moveCall } from "./hear-status";
import type { CarrierForm } from "./inputs";
import { connectedAnyAccount } from "./queues/store";
import { accountOfCall, answerCallAnyAccount, legOver, noteLeg } from "./store";
import { addEventAnyAccount, SEEN_BEFORE } from "./story/store";

/** The other end of a call that somebody here makes. */
export const CALLEE = "callee";
/** A voice assistant, wherever it lives. */
export const ASSISTANT = "assistant";

function takerOf(about: string): string {
	if (about === ASSISTANT) return ASSISTANT;
	return about === CALLEE || about.startsWith("usr_") ? "human" : "forward";
}

/** What a line that rang for a call tells: somebody took it, or it is over. Repeats change nothing. One trip. */
export async function hearLeg(house: House, { callId, about }: Required<Place>, form: CarrierForm): Promise<void> {
	const { db } = house;
	const now = house.now();
	const status = form.CallStatus ?? "";
	const key = `${form.CallSid}:leg:${status}`;
	const userId = about.startsWith("usr_") ? about : null;
	const detail = { status, ...(userId ? { userId } : {}), ...(form.To ? { to: form.To } : {}) };
	const hint = accountOfCall(callId);
	const answered: Statement[] =
		status === "in-progress" || status === "answered"
			? [
					answerCallAnyAccount(db, callId, { by: takerOf(about), userId, legRef: form.CallSid, now }),
					connectedAnyAccount(db, callId, now),
					...(about.startsWith("trn_") ? [countTransferAnyAccount(db, about, callId)] : []),
				]
			: [];
	const seconds = form.CallDuration ?? 0;
	const over =
		status === "completed"
			? [
					noteLeg(db, callId, { seconds, status }),
					...agentLeftAnyAccount(db, form.CallSid, now),
					legOver(db, callId, form.CallSid),
				]
			: [];
	try {
		const results = await inOneBatch<Statement>(db, [
			addEventAnyAccount(db, callId, { kind: "leg", detail, key, now }),
			publish(db, hint.account, "call", hint.payload, now),
			...answered,
			...over,
		]);
		tell(house, results[1] as OutboxRow[]);
		if (over.length > 0) await lineOver(house, { callId, ref: form.CallSid, seconds }, results.slice(3));
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}

/** The customer's own line ends the call; that of who asks somebody about it leaves the customer with whoever was asked. */
async function lineOver(
	house: House,
	{ callId, ref, seconds }: { callId: string; ref: string; seconds: number },
	found: unknown[],
): Promise<void> {
	const [[completed], [dropped], [last], [live]] = found as [
		ConsultRow[],
		ConsultRow[],
		ConsultRow[],
		{ carrierRef: string }[],
	];
	await afterAgentLeft(house, completed ?? dropped, last);
	if (live?.carrierRef !== ref) return;
	const heard = { callId, carrierRef: ref, status: "completed", durationSeconds: seconds };
	const event = { kind: "status", detail: { status: "completed", seconds }, key: `${ref}:over`, now: house.now() };
	await moveCall(house, heard, addEventAnyAccount(house.db, callId, event, "once"));
}
