import { inOneBatch } from "../db/client";
import { voiceAnswer } from "../outside/carrier/twiml";
import type { House } from "../scope";
import { keepEvents } from "./events/store";

import type { VoiceForm } from "./inputs";
import { partsIn, partsOf, scriptOf } from "./parts/store";
import { messageFor } from "./script";

/** What a machine hears to which a call was sent on; asked again, it hears the same. One round trip. */
export async function leaveMessage(house: House, attemptId: string, form: VoiceForm): Promise<string> {
	const { db } = house;
	const key = `${form.CallSid}:message`;
	const [, [script], [parts]] = await inOneBatch(db, [
		keepEvents(db, JSON.stringify([{ key, attemptId, kind: "message", payload: form, now: house.now() }])),
		scriptOf(db, attemptId, form.CallSid),
		partsOf(db, attemptId),
	]);
	return script ? messageFor(house, { ...script, ...partsIn(parts) }) : voiceAnswer().hangup().toXml();
}
