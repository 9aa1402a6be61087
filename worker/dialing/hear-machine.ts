import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import { CarrierBusy, CarrierRefusal, CarrierUnclear } from "../outside/carrier/carrier";
import type { House } from "../scope";
import { noteAnsweredBy } from "./attempts/store";
import { callbackUrl } from "./callback-url";
import { forgetEvent, keepEvent } from "./events/store";
import { SEEN_BEFORE } from "./hear-status";
import type { VoiceForm } from "./inputs";
import { partsIn, partsOf } from "./parts/store";
import { isMachine } from "./script";

/**
 * Takes in who picked up, told while the greeting plays already. A machine that is to hear nothing is hung up on; one that is to hear a
 * message is sent there, once. When this comes before we were asked what to say, that answer has the message, and nobody is sent. One
 * round trip.
 */
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
		const wish = partsIn(parts).script.machines?.do ?? "greet";
		if (noted?.isGreeted && wish !== "greet" && isMachine(answeredBy))
			await turn(house, attemptId, form.CallSid, wish === "voicemail" && answeredBy !== "fax");
	} catch (error) {
		if (error instanceof CarrierBusy) return askAgain(house, key, error);
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}

async function turn({ carrier, settings }: House, attemptId: string, ref: string, toMessage: boolean): Promise<void> {
	if (!toMessage) return carrier.endCall(ref);
	try {
		await carrier.redirectCall(ref, callbackUrl(settings, "message", attemptId));
	} catch (error) {
		// It hung up by itself; or perhaps it is on its way, and a second time would begin the message anew.
		if (!(error instanceof CarrierRefusal || error instanceof CarrierUnclear)) throw error;
	}
}

/** The carrier did definitely not do it: what it told counts as not heard, and it tells us again. */
async function askAgain({ db }: House, key: string, cause: CarrierBusy): Promise<never> {
	await forgetEvent(db, key);
	throw new Fault("try_again", "The carrier is busy", { retryAfter: cause.retryAfterSeconds, cause });
}
