// What a carrier makes of an answer's XML. Runs in the Worker and, for the loopback carrier, in Node.
import { BadXml, readXml, type XmlElement } from "../../../pure/xml.ts";

export type Step =
	| { verb: "play"; url: string; seconds: number }
	| { verb: "say"; text: string; seconds: number }
	| { verb: "pause"; seconds: number }
	| { verb: "gather"; actionUrl: string; digits: number | null; timeoutSeconds: number; prompt: Step[] }
	| DialStep
	| ConferenceStep
	| { verb: "record"; actionUrl: string; recordedUrl: string | null; transcribedUrl: string | null; maxSeconds: number }
	| { verb: "redirect"; url: string }
	| { verb: "reject" }
	| { verb: "hangup" }
	| { verb: "message"; body: string; mediaUrls: string[] };

export interface DialStep {
	verb: "dial";
	/** The first line that is to ring. */
	target: string;
	lines: DialLine[];
	actionUrl: string | null;
	ringSeconds: number;
	limitSeconds: number;
	/** Told of the recording, when one is to be made. */
	recordedUrl: string | null;
}

/** A room where everybody who is sent to it meets. */
export interface ConferenceStep {
	verb: "conference";
	room: string;
	endsForAll: boolean;
	actionUrl: string | null;
	limitSeconds: number;
	recordedUrl: string | null;
}

export interface DialLine {
	kind: "number" | "client" | "sip";
	address: string;
	/** Told when this line is answered and when it is over. */
	statusUrl: string | null;
}

/** The answer is no document that a carrier could follow. */
export class BadAnswer extends Error {
	override readonly name = "BadAnswer";
}

const LETTERS_PER_SECOND = 15;
const LONGEST_DIAL = 14_400;

/** Reads the steps of an answer that came from `url`; addresses in it may be relative to that. Unknown verbs are passed over. */
export function stepsOf(xml: string, url: string): Step[] {
	const response = rootOf(xml);
	if (response.name !== "Response") throw new BadAnswer(`The document is a ${response.name}, no Response`);
	return response.children.flatMap((element) => stepOf(element, url));
}

function rootOf(xml: string): XmlElement {
	try {
		return readXml(xml);
	} catch (cause) {
		throw cause instanceof BadXml ? new BadAnswer(cause.message, { cause }) : cause;
	}
}

function stepOf(element: XmlElement, base: string): Step[] {
	const { name, attributes, text, children } = element;
	const action = attributes.action ? addressIn(attributes.action, base) : null;
	switch (name) {
		case "Play":
			return [{ verb: "play", url: addressIn(text, base), seconds: 0 }];
		case "Say":
			return [{ verb: "say", text, seconds: Math.ceil(text.length / LETTERS_PER_SECOND) }];
		case "Pause":
			return [{ verb: "pause", seconds: numberIn(attributes.length, 1) }];
		case "Gather":
			return [
				{
					verb: "gather",
					actionUrl: action ?? base,
					digits: attributes.numDigits ? Number(attributes.numDigits) : null,
					timeoutSeconds: numberIn(attributes.timeout, 5),
					prompt: children.flatMap((child) => stepOf(child, base)),
				},
			];
		case "Dial":
			return [conferenceOf(element, action, base) ?? dialOf(element, action, base)];
		case "Record":
			return [recordOf(element, action ?? base, base)];
		case "Redirect":
			return [{ verb: "redirect", url: addressIn(text || base, base) }];
		case "Reject":
			return [{ verb: "reject" }];
		case "Hangup":
			return [{ verb: "hangup" }];
		case "Message":
			return [messageOf(element)];
		default:
			return [];
	}
}

const LINES: Record<string, DialLine["kind"]> = { Number: "number", Client: "client", Sip: "sip" };

function dialOf({ attributes, text, children }: XmlElement, actionUrl: string | null, base: string): Step {
	const lines = children.flatMap(
		({ name, text: written, attributes: { statusCallback }, children: parts }): DialLine[] => {
			const kind = LINES[name];
			const address = written.trim() || (parts.find((part) => part.name === "Identity")?.text ?? "");
			return kind ? [{ kind, address, statusUrl: statusCallback ? addressIn(statusCallback, base) : null }] : [];
		},
	);
	if (lines.length === 0) lines.push({ kind: "number", address: text, statusUrl: null });
	const records = /^record-/.test(attributes.record ?? "") && attributes.recordingStatusCallback;
	return {
		verb: "dial",
		target: lines[0]?.address ?? text,
		lines,
		actionUrl,
		ringSeconds: numberIn(attributes.timeout, 30),
		limitSeconds: numberIn(attributes.timeLimit, LONGEST_DIAL),
		recordedUrl: records ? addressIn(records, base) : null,
	};
}

function conferenceOf({ attributes, children }: XmlElement, actionUrl: string | null, base: string): Step | null {
	const room = children.find(({ name }) => name === "Conference");
	if (!room) return null;
	const { endConferenceOnExit, record, recordingStatusCallback: recorded } = room.attributes;
	return {
		verb: "conference",
		room: room.text.trim(),
		endsForAll: endConferenceOnExit === "true",
		actionUrl,
		limitSeconds: numberIn(attributes.timeLimit, LONGEST_DIAL),
		recordedUrl: record === "record-from-start" && recorded ? addressIn(recorded, base) : null,
	};
}

function recordOf({ attributes }: XmlElement, actionUrl: string, base: string): Step {
	const { recordingStatusCallback: recorded, transcribeCallback: transcribed, transcribe } = attributes;
	return {
		verb: "record",
		actionUrl,
		recordedUrl: recorded ? addressIn(recorded, base) : null,
		transcribedUrl: transcribe === "true" && transcribed ? addressIn(transcribed, base) : null,
		maxSeconds: numberIn(attributes.maxLength, 3_600),
	};
}

function messageOf({ text, children }: XmlElement): Step {
	const told = (wanted: string) => children.filter(({ name }) => name === wanted).map((child) => child.text);
	return { verb: "message", body: text || told("Body").join(""), mediaUrls: told("Media") };
}

function addressIn(text: string, base: string): string {
	if (!URL.canParse(text, base)) throw new BadAnswer(`${text} is no address`);
	return new URL(text, base).href;
}

function numberIn(text: string | undefined, usual: number): number {
	const number = Number(text ?? usual);
	return Number.isFinite(number) && number >= 0 ? number : usual;
}
