import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import { noteTransfer } from "./attempts/store";
import { keepEvent } from "./events/store";
import { SEEN_BEFORE } from "./hear-status";
import type { TransferForm } from "./inputs";
import { type Parts, partsIn, partsOf } from "./parts/store";
import { abandon } from "./script";

/** Takes in how a transfer went, and says what the campaign says to a caller who was not connected. One round trip. */
export async function endTransfer(house: House, attemptId: string, form: TransferForm): Promise<string> {
	const parts = await note(house, attemptId, form);
	return isTaken(form) ? voiceAnswer().hangup().toXml() : abandon(house, parts);
}

const isTaken = ({ DialCallStatus: status }: TransferForm) => status === "completed" || status === "answered";

async function note({ db, now }: House, attemptId: string, form: TransferForm): Promise<Parts> {
	const key = `${form.CallSid}:transferred`;
	try {
		const [, , [parts]] = await inOneBatch(db, [
			keepEvent(db, { key, attemptId, kind: "transferred", payload: form, now: now() }),
			noteTransfer(db, {
				attemptId,
				carrierRef: form.CallSid,
				connected: isTaken(form),
				seconds: form.DialCallDuration ?? 0,
				now: now(),
			}),
			partsOf(db, attemptId),
		]);
		return partsIn(parts);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
		const [parts] = await partsOf(db, attemptId);
		return partsIn(parts);
	}
}
