import { mediaUrl } from "../greetings/media-url";
import { voiceAnswer } from "../outside/carrier/twiml";
import { costlyReason, parsePhone } from "../pure/phone";
import type { House } from "../scope";
import type { Script } from "./attempts/store";
import { callbackUrl } from "./callback-url";

const HEAR_FOR_MS = 24 * 3_600_000;
const KEY_SECONDS = 5;
const TIMES = 2;

/** The greeting, and a key to be pressed: 1 to be connected when there is somebody to be connected to, 9 never to be called again. */
export async function greet({ settings, now }: House, script: Script, again: number): Promise<string> {
	const { attemptId, greetingFileId } = script;
	const url = greetingFileId && (await mediaUrl(settings, greetingFileId, now() + HEAR_FOR_MS));
	const choices = transferTarget(script) ? "To speak with us now, press 1. " : "";
	const answer = voiceAnswer().gather({
		actionUrl: callbackUrl(settings, "keys", attemptId, `&t=${again}`),
		digits: 1,
		timeoutSeconds: KEY_SECONDS,
		inner: (prompt) => {
			if (url && again === 1) prompt.play(url);
			prompt.say(`${choices}To stop these calls, press 9.`);
		},
	});
	return answer.say("Goodbye.").hangup().toXml();
}

/** Who pressing 1 connects to; null when there is nobody, or the number may not be dialed (any more), or it is the caller's own. */
export function transferTarget({ transferE164, e164 }: Script): string | null {
	const phone = transferE164 === null ? null : parsePhone(transferE164);
	return phone && !costlyReason(phone) && phone.e164 !== e164 ? phone.e164 : null;
}

/** What is said after a key: connects on 1, confirms the removal on 9, and asks once more after any other. */
export async function follow(house: House, script: Script, digits: string, again: number): Promise<string> {
	const { settings } = house;
	const target = transferTarget(script);
	if (digits === "9") return voiceAnswer().say("You will not be called again. Goodbye.").hangup().toXml();
	if (digits === "1" && target)
		return voiceAnswer()
			.dial(target, {
				callerId: script.callerE164,
				actionUrl: callbackUrl(settings, "transferred", script.attemptId),
				timeLimitSeconds: script.maxCallSeconds,
				ringSeconds: 25,
			})
			.toXml();
	if (again < TIMES) return greet(house, script, again + 1);
	return voiceAnswer().say("Goodbye.").hangup().toXml();
}
