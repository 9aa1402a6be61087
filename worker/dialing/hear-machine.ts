import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import type { House } from "../scope";
import { keepEvent, noteAnsweredBy } from "./attempts/store";
import { SEEN_BEFORE } from "./hear-status";
import type { VoiceForm } from "./inputs";
import { partsIn, partsOf } from "./parts/store";

/** Takes in who picked up, told while the greeting plays already. A machine that is to hear nothing is hung up on. One round trip. */
export async function hearMachine(house: House, attemptId: string, form: VoiceForm): Promise<void> {
	const { db } = house;
	const answeredBy = form.AnsweredBy ?? "unknown";
	const key = `${form.CallSid}:machine`;
	try {
		const [, [noted], [parts]] = await inOneBatch(db, [
			keepEvent(db, { key, attemptId, kind: "machine", payload: form, now: house.now() }),
			noteAnsweredBy(db, attemptId, { carrierRef: form.CallSid, answeredBy }),
			partsOf(db, attemptId),
		]);
		const { machines } = partsIn(parts).script;
		if (noted && machines?.do === "hang_up" && /^machine|^fax/.test(answeredBy))
			await house.carrier.endCall(form.CallSid);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}
