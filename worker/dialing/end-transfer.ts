import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import { keepEvent, noteTransfer } from "./attempts/store";
import { SEEN_BEFORE } from "./hear-status";
import type { TransferForm } from "./inputs";

/** Takes in how a transfer went, and says so to a caller who was not connected. */
export async function endTransfer(house: House, attemptId: string, form: TransferForm): Promise<string> {
	const { db } = house;
	const key = `${form.CallSid}:transferred`;
	try {
		await inOneBatch(db, [
			keepEvent(db, { key, attemptId, kind: "transferred", payload: form, now: house.now() }),
			noteTransfer(db, attemptId, form.CallSid, form.DialCallDuration ?? 0),
		]);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
	const answer = voiceAnswer();
	if (form.DialCallStatus !== "completed") answer.say("Nobody can take your call right now. Goodbye.");
	return answer.hangup().toXml();
}
