// What a carrier makes of an answer's XML. Runs in the Worker and, for the loopback carrier, in Node.
import { XMLParser, XMLValidator } from "fast-xml-parser";

export type Step =
	| { verb: "play"; url: string; seconds: number }
	| { verb: "say"; text: string; seconds: number }
	| { verb: "pause"; seconds: number }
	| { verb: "gather"; actionUrl: string; digits: number | null; timeoutSeconds: number; prompt: Step[] }
	| DialStep
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

interface Element {
	name: string;
	attributes: Record<string, string>;
	text: string;
	children: Element[];
}

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: "",
	parseTagValue: false,
	trimValues: true,
});
const LETTERS_PER_SECOND = 15;
const LONGEST_DIAL = 14_400;

/** Reads the steps of an answer that came from `url`; addresses in it may be relative to that. Unknown verbs are passed over. */
export function stepsOf(xml: string, url: string): Step[] {
	const valid = XMLValidator.validate(xml);
	if (valid !== true) throw new BadAnswer(valid.err.msg);
	const response = elementsOf(parser.parse(xml)).find(({ name }) => !name.startsWith("?"));
	if (response?.name !== "Response") throw new BadAnswer(`The document is a ${response?.name ?? "void"}, no Response`);
	return response.children.flatMap((element) => stepOf(element, url));
}

function stepOf(element: Element, base: string): Step[] {
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
			return [dialOf(element, action, base)];
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

function dialOf({ attributes, text, children }: Element, actionUrl: string | null, base: string): Step {
	const lines = children.flatMap(({ name, text: address, attributes: { statusCallback } }): DialLine[] => {
		const kind = LINES[name];
		return kind ? [{ kind, address, statusUrl: statusCallback ? addressIn(statusCallback, base) : null }] : [];
	});
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

function recordOf({ attributes }: Element, actionUrl: string, base: string): Step {
	const { recordingStatusCallback: recorded, transcribeCallback: transcribed, transcribe } = attributes;
	return {
		verb: "record",
		actionUrl,
		recordedUrl: recorded ? addressIn(recorded, base) : null,
		transcribedUrl: transcribe === "true" && transcribed ? addressIn(transcribed, base) : null,
		maxSeconds: numberIn(attributes.maxLength, 3_600),
	};
}

function messageOf({ text, children }: Element): Step {
	const told = (wanted: string) => children.filter(({ name }) => name === wanted).map((child) => child.text);
	return { verb: "message", body: text || told("Body").join(""), mediaUrls: told("Media") };
}

/** The parser's ordered form: `[{ Tag: [...children], ":@": { attribute: value } }, { "#text": "..." }]`. */
function elementsOf(nodes: Record<string, unknown>[]): Element[] {
	return nodes.flatMap((node) => {
		const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
		const inside = name === undefined ? undefined : node[name];
		if (name === undefined || !Array.isArray(inside)) return [];
		const attributes = Object.entries(node[":@"] ?? {}).map(([key, value]): [string, string] => [key, String(value)]);
		const text = inside.map((child) => child["#text"] ?? "").join("");
		return [{ name, attributes: Object.fromEntries(attributes), text, children: elementsOf(inside) }];
	});
}

function addressIn(text: string, base: string): string {
	if (!URL.canParse(text, base)) throw new BadAnswer(`${text} is no address`);
	return new URL(text, base).href;
}

function numberIn(text: string | undefined, usual: number): number {
	const number = Number(text ?? usual);
	return Number.isFinite(number) && number >= 0 ? number : usual;
}
