import type { Heard, KeyAction } from "../db/tables/campaign-script";
import { mediaUrl } from "../greetings/media-url";
import { type Prompt, type VoiceAnswer, voiceAnswer } from "../outside/carrier/twiml";
import { fillIn } from "../pure/fill-in";
import { costlyReason, parsePhone } from "../pure/phone";
import { type Phrase, phrase, type Said } from "../pure/phrases";
import type { House } from "../scope";
import { callbackUrl } from "./callback-url";
import type { Parts, Script } from "./parts/store";
import { textCaller } from "./text-caller";
import type { Taker } from "./transfer/target";

const HEAR_FOR_MS = 24 * 3_600_000;
const KEY_SECONDS = 5;
const TIMES = 2;

/** What a call is to hear: who is called by which campaign, and what its script says. */
export type Scripted = Script & Parts;

/**
 * The greeting, and a key to be pressed: 1 to be connected when there is somebody to be connected to, 9 never to be called again, and
 * whatever else the campaign offers. `wrong`: said before, after a key that does nothing.
 */
export function greet(house: House, script: Scripted, again: number, wrong = ""): string {
	const { settings } = house;
	const say = saying(script);
	const opening = again === 1 ? greetingOf(house, script) : null;
	const answer = voiceAnswer().gather({
		actionUrl: callbackUrl(settings, "keys", script.attemptId, `&t=${again}`),
		digits: 1,
		timeoutSeconds: KEY_SECONDS,
		inner: (prompt) => {
			if (wrong) say(prompt, wrong);
			opening?.(prompt);
			for (const choice of choices(script)) prompt.say(...choice);
		},
	});
	if (again < (script.script.noInput?.times ?? 1))
		return answer.redirect(callbackUrl(settings, "answer", script.attemptId, `&t=${again + 1}`)).toXml();
	return telling(script)(answer, "goodbye").hangup().toXml();
}

/** What a machine hears instead of the greeting; null when it is to hear what everybody hears. */
export function greetMachine(house: House, script: Scripted, answeredBy = ""): string | null {
	const { machines } = script.script;
	if (!machines || machines.do === "greet" || !isMachine(answeredBy)) return null;
	return machines.do === "voicemail" && answeredBy !== "fax"
		? messageFor(house, script)
		: voiceAnswer().hangup().toXml();
}

/** The message for a machine. */
export function messageFor(house: House, script: Scripted): string {
	const answer = voiceAnswer();
	hearing(house, script, script.script.machines ?? {})(answer);
	return answer.hangup().toXml();
}

export const isMachine = (answeredBy: string) => /^machine|^fax/.test(answeredBy);

/** What the keys do, as it is said. */
function choices(script: Scripted): Said[] {
	const { keys = {}, language } = script.script;
	const others = Object.entries(keys).flatMap(([key, action]): Said[] => {
		if (action.prompt) return [[action.prompt, language]];
		return action.do === "sms" ? [phrase("details", language, key)] : [];
	});
	const connect = offersTransfer(script) ? [phrase("connect", language)] : [];
	return [...connect, ...others, phrase("stopCalls", language)];
}

/** The greeting of somebody's variant: a file, a text, or both. */
function greetingOf(house: House, script: Scripted): (prompt: Prompt) => void {
	const { test, greetingText } = script.script;
	if (script.variant === "b" && test) return hearing(house, script, test);
	return hearing(house, script, { greetingFileId: script.greetingFileId ?? undefined, text: greetingText });
}

/** Plays the file, then says the text, each when there is one. */
function hearing({ settings, now }: House, script: Parts, { greetingFileId, text }: Heard): (prompt: Prompt) => void {
	const url = greetingFileId && mediaUrl(settings, greetingFileId, now() + HEAR_FOR_MS);
	return (prompt) => {
		if (url) prompt.play(url);
		if (text) saying(script)(prompt, fillIn(text, script.fields));
	};
}

/** Says a text in the campaign's language. */
function saying({ script: { language } }: Parts) {
	return <Said extends Prompt | VoiceAnswer>(prompt: Said, text: string): Said => {
		prompt.say(text, language);
		return prompt;
	};
}

/** Says what calls say by themselves, in the campaign's language if we have it in it. */
function telling({ script: { language } }: Parts) {
	return (answer: VoiceAnswer, name: Phrase): VoiceAnswer => answer.say(...phrase(name, language));
}

/** True when a 1 connects somebody to somebody. */
export function offersTransfer(script: Scripted): boolean {
	return script.script.transfer !== undefined || transferTarget(script) !== null;
}

/** Which transfer number pressing 1 connects to; null when there is nobody, or the number may not be dialed (any more), or it is the caller's own. */
export function transferTarget({ transferE164, e164 }: Script): string | null {
	const phone = transferE164 === null ? null : parsePhone(transferE164);
	return phone && !costlyReason(phone) && phone.e164 !== e164 ? phone.e164 : null;
}

/** What is said after a key: connects on 1, confirms the removal on 9, does what the campaign offers, and asks again after any other. */
export async function follow(
	house: House,
	script: Scripted,
	{ digits, again, taker }: { digits: string; again: number; taker: Taker | null },
): Promise<string> {
	const tell = telling(script);
	if (digits === "9") return tell(voiceAnswer(), "removed").hangup().toXml();
	if (digits === "1" && offersTransfer(script)) return connect(house, script, taker);
	const action = actionOf(script, digits);
	if (action) return obey(house, script, action);
	const { wrongInput } = script.script;
	if (again < (wrongInput?.times ?? TIMES)) return greet(house, script, again + 1, wrongInput?.text);
	return tell(voiceAnswer(), "goodbye").hangup().toXml();
}

/** What a key does in this campaign, beside 1 and 9. */
export function actionOf({ script: { keys = {} } }: Scripted, digits: string): KeyAction | undefined {
	return Object.hasOwn(keys, digits) ? keys[digits] : undefined;
}

/** Rings whoever takes the call. Nobody there right now: the caller hears what the campaign says then. */
async function connect(house: House, script: Scripted, taker: Taker | null): Promise<string> {
	const number = transferTarget(script);
	const ring = script.script.transfer ? taker && "ring" in taker && taker.ring : number;
	if (taker && "says" in taker) return saying(script)(voiceAnswer(), taker.says).pause(5).hangup().toXml();
	if (taker && "waits" in taker) return voiceAnswer().redirect(taker.waits).toXml();
	if (!ring) return abandon(house, script);
	return voiceAnswer()
		.dial(ring, {
			callerId: script.callerE164,
			actionUrl: callbackUrl(house.settings, "transferred", script.attemptId),
			timeLimitSeconds: script.maxCallSeconds,
			ringSeconds: 25,
		})
		.toXml();
}

async function obey(house: House, script: Scripted, action: KeyAction): Promise<string> {
	const tell = telling(script);
	const { language } = script.script;
	const answer: VoiceAnswer = voiceAnswer();
	if (action.do === "play") hearing(house, script, action)(answer);
	if (action.do === "callback") tell(answer, "callBack");
	if (action.do === "sms") {
		const isSent = await textCaller(house, script, action.text);
		tell(answer, isSent ? "sent" : "notSent");
	}
	if (action.do === "record")
		return tell(answer, "speak")
			.record({
				actionUrl: callbackUrl(house.settings, "spoken", script.attemptId, language ? `&l=${language}` : ""),
				recordedUrl: callbackUrl(house.settings, "recorded", script.attemptId),
				maxSeconds: action.maxSeconds,
			})
			.toXml();
	return tell(answer, "goodbye").hangup().toXml();
}

/** What somebody hears who wanted to be connected and could not be: who called, if the campaign says so, and never silence. */
export function abandon(house: House, script: Parts): string {
	const answer = voiceAnswer();
	const { abandoned } = script.script;
	if (abandoned) hearing(house, script, abandoned)(answer);
	else telling(script)(answer, "nobodyFree");
	return answer.hangup().toXml();
}
