import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import { hear } from "./attempts/store";
import { keepEvent } from "./events/store";
import { heardOf, SEEN_BEFORE } from "./hear-status";
import type { VoiceForm } from "./inputs";
import { partsIn, partsOf, scriptOf } from "./parts/store";
import { readScript } from "./read-script";
import { greet, greetMachine, type Scripted } from "./script";

/**
 * Says what somebody who picked up is to hear, as TwiML. One round trip. A second call for the same attempt, a cancelled campaign
 * or somebody who said stop hears nothing: the last line of defence against a call that should not have been.
 */
export async function answerCall(house: House, attemptId: string, form: VoiceForm, again: number): Promise<string> {
	const script = await pickUp(house, attemptId, form, again);
	if (!script) return voiceAnswer().hangup().toXml();
	return greetMachine(house, script, form.AnsweredBy ?? script.answeredBy ?? "") ?? greet(house, script, again);
}

async function pickUp(house: House, attemptId: string, form: VoiceForm, again: number): Promise<Scripted | undefined> {
	const { db } = house;
	const heard = heardOf(house, attemptId, { ...form, CallStatus: "in-progress" });
	const key = `${form.CallSid}:answer:${again}`;
	try {
		const [, , [script], [parts]] = await inOneBatch(db, [
			keepEvent(db, { key, attemptId, kind: "answer", payload: form, now: heard.now }),
			hear(db, heard),
			scriptOf(db, attemptId, form.CallSid),
			partsOf(db, attemptId),
		]);
		return script && { ...script, ...partsIn(parts) };
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
		// The carrier asks again because our first answer was lost: it gets the same one.
		return readScript(db, attemptId, form.CallSid);
	}
}
