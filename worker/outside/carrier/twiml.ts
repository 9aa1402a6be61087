import { xml, xmlDocument } from "../../pure/xml";
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
	/** Puts the call into a room with everybody who is in it; once it is out of it again, `actionUrl` takes over. */
	conference(name: string, meeting: Meeting): VoiceAnswer;
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
export type DialTarget =
	/** `hears`: what is asked for whoever picks up to hear before they are connected. */
	(
		| { number: string; hears?: string | undefined }
		/** `about`: what the browser's phone is told of the call beside it. */
		| { client: string; about?: Record<string, string> }
		| SipTarget
	) & {
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
	/** The caller's own line counts as answered only once somebody picks up, and hears it ring until then. */
	answersOnBridge?: boolean;
}

/** How somebody is in a room with others. */
export interface Meeting {
	actionUrl: string;
	/** The others leave it too when this one does. */
	endsForAll: boolean;
	timeLimitSeconds?: number;
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

/** Starts an answer to a call (twilio.com/docs/voice/twiml). */
export function voiceAnswer(): VoiceAnswer {
	const steps: string[] = [];
	const answer: VoiceAnswer = {
		...promptOn(steps, () => answer),
		gather(gathering) {
			const inner: string[] = [];
			const prompt: Prompt = promptOn(inner, () => prompt);
			gathering.inner?.(prompt);
			steps.push(xml("Gather", gatherAttributes(gathering), "", inner));
			return answer;
		},
		dial(target, dialing = {}) {
			const targets = typeof target === "string" ? [{ number: target }] : "sip" in target ? [target] : target;
			steps.push(xml("Dial", dialAttributes(dialing), "", targets.map(lineOf)));
			return answer;
		},
		conference(name, { actionUrl, endsForAll, timeLimitSeconds, recordedUrl }) {
			const room = xml(
				"Conference",
				{
					startConferenceOnEnter: true,
					endConferenceOnExit: endsForAll,
					beep: false,
					waitUrl: "", // the carrier would play music of its own to whoever is there first
					record: recordedUrl && "record-from-start",
					recordingStatusCallback: recordedUrl && retried(recordedUrl),
					recordingStatusCallbackMethod: recordedUrl && "POST",
				},
				name,
			);
			steps.push(
				xml("Dial", dialAttributes({ actionUrl, ...(timeLimitSeconds ? { timeLimitSeconds } : {}) }), "", [room]),
			);
			return answer;
		},
		record(recording) {
			steps.push(xml("Record", recordAttributes(recording)));
			return answer;
		},
		reject() {
			steps.push(xml("Reject", { reason: "busy" }));
			return answer;
		},
		redirect(url) {
			steps.push(xml("Redirect", { method: "POST" }, retried(url)));
			return answer;
		},
		hangup() {
			steps.push(xml("Hangup"));
			return answer;
		},
		toXml: () => xmlDocument(xml("Response", {}, "", steps)),
	};
	return answer;
}

function lineOf(target: DialTarget): string {
	const told = target.statusUrl
		? {
				statusCallback: retried(target.statusUrl),
				statusCallbackEvent: "answered completed", // without these words the carrier tells of the end only
				statusCallbackMethod: "POST",
			}
		: {};
	if ("number" in target) {
		const first = target.hears ? { url: retried(target.hears), method: "POST" } : {};
		return xml("Number", { ...first, ...told }, target.number);
	}
	if ("client" in target) return browserOf(target.client, target.about, told);
	return xml("Sip", { username: target.username, password: target.password, ...told }, target.sip);
}

function browserOf(identity: string, about: Record<string, string> | undefined, told: Record<string, string>): string {
	if (!about) return xml("Client", told, identity);
	const parameters = Object.entries(about).map(([name, value]) => xml("Parameter", { name, value }));
	return xml("Client", told, "", [xml("Identity", {}, identity), ...parameters]);
}

function promptOn<Self>(steps: string[], self: () => Self) {
	const add = (step: string) => {
		steps.push(step);
		return self();
	};
	return {
		play: (url: string) => add(xml("Play", {}, url)),
		say: (text: string, language?: string) => add(xml("Say", { language }, text)),
		pause: (seconds: number) => add(xml("Pause", { length: seconds })),
	};
}

function gatherAttributes({ actionUrl, digits, timeoutSeconds, finishOnKey }: Gathering) {
	return {
		input: "dtmf",
		action: retried(actionUrl),
		method: "POST",
		numDigits: digits,
		timeout: timeoutSeconds,
		finishOnKey,
	};
}

function dialAttributes({ callerId, actionUrl, timeLimitSeconds, ringSeconds, recordedUrl, answersOnBridge }: Dialing) {
	return {
		callerId,
		answerOnBridge: answersOnBridge,
		action: actionUrl && retried(actionUrl),
		method: actionUrl && "POST",
		timeLimit: timeLimitSeconds,
		timeout: ringSeconds,
		record: recordedUrl && "record-from-answer-dual",
		recordingStatusCallback: recordedUrl && retried(recordedUrl),
	};
}

function recordAttributes({ actionUrl, recordedUrl, transcribedUrl, maxSeconds }: Recording) {
	return {
		action: retried(actionUrl),
		method: "POST",
		maxLength: maxSeconds,
		finishOnKey: "#",
		playBeep: true,
		recordingStatusCallback: retried(recordedUrl),
		recordingStatusCallbackMethod: "POST",
		transcribe: transcribedUrl && true,
		transcribeCallback: transcribedUrl && retried(transcribedUrl),
	};
}
