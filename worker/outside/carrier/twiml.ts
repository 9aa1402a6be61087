import VoiceResponse from "twilio/lib/twiml/VoiceResponse";
import { retried } from "./callback-url";

/** What can be heard while a key is awaited. */
export interface Prompt {
	play(url: string): Prompt;
	say(text: string, language?: string): Prompt;
	pause(seconds: number): Prompt;
}

/** What the carrier is to do with a call, step by step. Any text may go in: all of it is escaped. */
export interface VoiceAnswer extends Prompt {
	play(url: string): VoiceAnswer;
	say(text: string, language?: string): VoiceAnswer;
	pause(seconds: number): VoiceAnswer;
	/** Waits for keys and posts them as `Digits` to `actionUrl`, whose answer takes over. Without a key the next step follows. */
	gather(gathering: Gathering): VoiceAnswer;
	/** Connects the call with whoever of the targets picks up first; `actionUrl` is told how that went, and its answer takes over. */
	dial(target: string | SipTarget | readonly DialTarget[], dialing?: Dialing): VoiceAnswer;
	/** Records what is said until silence, a key or the time is up; `actionUrl` then takes over. */
	record(recording: Recording): VoiceAnswer;
	redirect(url: string): VoiceAnswer;
	/** Does not take a call that has not been answered yet. */
	reject(): VoiceAnswer;
	hangup(): VoiceAnswer;
	toXml(): string;
}

export interface Gathering {
	actionUrl: string;
	/** Keys to wait for; without, until the finishing key or the time runs out. */
	digits?: number;
	/** Seconds to wait after the prompt, and between keys. */
	timeoutSeconds?: number;
	/** The key that ends the input; "" for none. */
	finishOnKey?: string;
	inner?: (prompt: Prompt) => unknown;
}

export interface SipTarget {
	/** `sip:somebody@host` */
	sip: string;
	username?: string;
	password?: string;
}

/** One line that rings: a number, a browser by its identity, or a telephone behind a SIP provider. */
export type DialTarget = ({ number: string } | { client: string } | SipTarget) & {
	/** Told of this line's answer and end. */
	statusUrl?: string;
};

export interface Dialing {
	callerId?: string;
	actionUrl?: string;
	timeLimitSeconds?: number;
	ringSeconds?: number;
	/** Records both sides from the answer on, and tells this address when that is there. */
	recordedUrl?: string | undefined;
}

export interface Recording {
	actionUrl: string;
	/** Told when the recording is there. */
	recordedUrl: string;
	/** Told what was said; without, nobody writes that down. */
	transcribedUrl?: string | undefined;
	maxSeconds: number;
}

/** The content type that the carrier expects of {@link VoiceAnswer.toXml}. */
export const TWIML_TYPE = "text/xml; charset=utf-8";

/** Starts an answer to a call. */
export function voiceAnswer(): VoiceAnswer {
	const response = new VoiceResponse();
	const answer: VoiceAnswer = {
		...promptOn(response, () => answer),
		gather(gathering) {
			const inner = response.gather(gatherAttributes(gathering));
			const prompt: Prompt = promptOn(inner, () => prompt);
			gathering.inner?.(prompt);
			return answer;
		},
		dial(target, dialing = {}) {
			const dial = response.dial(dialAttributes(dialing));
			const targets = typeof target === "string" ? [{ number: target }] : "sip" in target ? [target] : target;
			for (const each of targets) ringOn(dial, each);
			return answer;
		},
		record({ actionUrl, recordedUrl, transcribedUrl, maxSeconds }) {
			response.record({
				action: clean(retried(actionUrl)),
				method: "POST",
				maxLength: maxSeconds,
				finishOnKey: "#",
				playBeep: true,
				recordingStatusCallback: clean(retried(recordedUrl)),
				recordingStatusCallbackMethod: "POST",
				...(transcribedUrl ? { transcribe: true, transcribeCallback: clean(retried(transcribedUrl)) } : {}),
			});
			return answer;
		},
		reject() {
			response.reject({ reason: "busy" });
			return answer;
		},
		redirect(url) {
			response.redirect({ method: "POST" }, clean(retried(url)));
			return answer;
		},
		hangup() {
			response.hangup();
			return answer;
		},
		toXml: () => response.toString(),
	};
	return answer;
}

// Without these words the carrier tells of the end only.
const LEG_EVENTS = ["answered", "completed"] as const;

function ringOn(dial: ReturnType<VoiceResponse["dial"]>, target: DialTarget): void {
	const { statusUrl } = target;
	const told = statusUrl
		? { statusCallback: clean(retried(statusUrl)), statusCallbackEvent: [...LEG_EVENTS], statusCallbackMethod: "POST" }
		: {};
	if ("number" in target) dial.number(told, clean(target.number));
	else if ("client" in target) dial.client(told, clean(target.client));
	else dial.sip({ ...cleaned({ username: target.username, password: target.password }), ...told }, clean(target.sip));
}

interface Speaker {
	play(attributes: object, url: string): unknown;
	say(attributes: object, text: string): unknown;
	pause(attributes: { length: number }): unknown;
}

function promptOn<Self>(speaker: Speaker, self: () => Self) {
	return {
		play(url: string) {
			speaker.play({}, clean(url));
			return self();
		},
		say(text: string, language?: string) {
			speaker.say(cleaned({ language }), clean(text));
			return self();
		},
		pause(seconds: number) {
			speaker.pause({ length: seconds });
			return self();
		},
	};
}

function gatherAttributes({
	actionUrl,
	digits,
	timeoutSeconds,
	finishOnKey,
}: Gathering): VoiceResponse.GatherAttributes {
	return {
		input: ["dtmf"],
		action: clean(retried(actionUrl)),
		method: "POST",
		...(digits === undefined ? {} : { numDigits: digits }),
		...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
		...cleaned({ finishOnKey }),
	};
}

function dialAttributes(dialing: Dialing): VoiceResponse.DialAttributes {
	const { callerId, actionUrl, timeLimitSeconds, ringSeconds, recordedUrl } = dialing;
	return {
		...cleaned({ callerId, action: actionUrl && retried(actionUrl) }),
		...(actionUrl ? { method: "POST" } : {}),
		...(timeLimitSeconds === undefined ? {} : { timeLimit: timeLimitSeconds }),
		...(ringSeconds === undefined ? {} : { timeout: ringSeconds }),
		...(recordedUrl
			? { record: "record-from-answer-dual" as const, recordingStatusCallback: clean(retried(recordedUrl)) }
			: {}),
	};
}

function cleaned(attributes: Record<string, string | undefined>): Record<string, string> {
	const given = Object.entries(attributes).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, clean(value)]],
	);
	return Object.fromEntries(given);
}

// XML has no way to write these characters, not even escaped.
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function clean(text: string): string {
	return text.toWellFormed().replace(UNWRITABLE, "");
}
