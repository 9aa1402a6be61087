import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import type { House } from "../scope";
import { countTransferAnyAccount } from "../transfers/store";
import type { Place } from "./callback-url";
import type { CarrierForm } from "./inputs";
import { connectedAnyAccount } from "./queues/store";
import { accountOfCall, addEventAnyAccount, answerCallAnyAccount, noteLeg, SEEN_BEFORE } from "./store";

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
					answerCallAnyAccount(db, callId, { by: takerOf(about), userId, now }),
					connectedAnyAccount(db, callId, now),
					...(about.startsWith("trn_") ? [countTransferAnyAccount(db, about, callId)] : []),
				]
			: [];
	const over: Statement[] =
		status === "completed" ? [noteLeg(db, callId, { seconds: form.CallDuration ?? 0, status })] : [];
	try {
		const results = await inOneBatch<Statement>(db, [
			addEventAnyAccount(db, callId, { kind: "leg", detail, key, now }),
			...answered,
			...over,
			publish(db, hint.account, "call", hint.payload, now),
		]);
		tell(house, (results.at(-1) ?? []) as OutboxRow[]);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}
