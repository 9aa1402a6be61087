import type { Candidate, Signal, SignalFrame } from "./protocol";

const CALL = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it keeps out
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/;

/**
 * A signal that is certainly one, read by hand: a tenth of what the shape in protocol.ts costs, on the one way that is walked often.
 * Null says nothing but that the shape is to decide.
 */
export function plainSignal(raw: string): SignalFrame | null {
	let read: unknown;
	try {
		read = JSON.parse(raw);
	} catch {
		return null;
	}
	return isFrame(read) ? read : null;
}

/**
 * A signal's own text with its sender in it. What stands last in JSON is what counts, and a frame that was understood has no such
 * field of its own anyway.
 */
export function stamped(signal: string, from: string): string {
	return `${signal.slice(0, signal.lastIndexOf("}"))},"from":${JSON.stringify(from)}}`;
}

type Read = Record<string, unknown>;
const isObject = (read: unknown): read is Read => typeof read === "object" && read !== null && !Array.isArray(read);
const isText = (read: unknown, longest: number): read is string => typeof read === "string" && read.length <= longest;
const isTextOrNone = (read: unknown, longest: number) => read === null || isText(read, longest);

function isFrame(read: unknown): read is SignalFrame {
	if (!isObject(read) || read.type !== "signal" || !isSignal(read.signal)) return false;
	return typeof read.call === "string" && CALL.test(read.call) && Object.keys(read).length === 3;
}

function isSignal(read: unknown): read is Signal {
	if (!isObject(read)) return false;
	for (const key in read)
		if (key === "candidates" ? !areCandidates(read[key]) : key !== "description" || !isDescription(read[key]))
			return false;
	return true;
}

function isDescription(read: unknown): boolean {
	if (!isObject(read) || (read.type !== "offer" && read.type !== "answer") || !isText(read.sdp, 32_768)) return false;
	return Object.keys(read).length === 2 && read.sdp.startsWith("v=0") && !CONTROL.test(read.sdp);
}

function areCandidates(read: unknown): read is Candidate[] {
	return Array.isArray(read) && read.length <= 64 && read.every(isCandidate);
}

function isCandidate(read: unknown): read is Candidate {
	if (!isObject(read) || !isText(read.candidate, 1_000)) return false;
	for (const key in read)
		switch (key) {
			case "candidate":
				break;
			case "sdpMid":
				if (!isTextOrNone(read[key], 64)) return false;
				break;
			case "usernameFragment":
				if (!isTextOrNone(read[key], 256)) return false;
				break;
			case "sdpMLineIndex":
				if (read[key] !== null && !(Number.isInteger(read[key]) && Number(read[key]) >= 0 && Number(read[key]) <= 255))
					return false;
				break;
			default:
				return false;
		}
	return true;
}
