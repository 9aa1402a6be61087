import {
	Check,
	CircleSlash,
	Hourglass,
	type LucideIcon,
	PhoneCall,
	PhoneIncoming,
	PhoneMissed,
	PhoneOff,
	PhoneOutgoing,
	TriangleAlert,
	Voicemail,
} from "lucide-preact";
import type { Tone } from "../../kit/State";
import type { Call } from "../../lib/wire";

interface Look {
	tone: Tone;
	icon: LucideIcon;
	word: string;
}

export const STATUS: Record<Call["status"], Look> = {
	queued: { tone: "busy", icon: Hourglass, word: "About to call" },
	ringing: { tone: "busy", icon: PhoneCall, word: "Ringing" },
	in_progress: { tone: "good", icon: PhoneCall, word: "Live" },
	completed: { tone: "plain", icon: Check, word: "Answered" },
	missed: { tone: "warn", icon: PhoneMissed, word: "Missed" },
	no_answer: { tone: "plain", icon: PhoneMissed, word: "No answer" },
	declined: { tone: "plain", icon: PhoneOff, word: "Declined" },
	cancelled: { tone: "plain", icon: CircleSlash, word: "Cancelled" },
	busy: { tone: "warn", icon: PhoneOff, word: "Busy" },
	unavailable: { tone: "plain", icon: CircleSlash, word: "Not at the desk" },
	failed: { tone: "bad", icon: TriangleAlert, word: "Failed" },
};

export const KINDS: Record<Call["kind"], string> = {
	browser: "Browser to browser",
	carrier: "Over the carrier",
	campaign: "Campaign",
};

/** What became of a call, in the state that it is in. */
export function lookOf({ status, answeredBy, live }: Pick<Call, "status" | "answeredBy" | "live">): Look {
	if (!live && answeredBy === "voicemail") return { tone: "warn", icon: Voicemail, word: "Voicemail" };
	if (!live && answeredBy === "machine") return { tone: "plain", icon: Voicemail, word: "Machine" };
	return STATUS[status];
}

export const arrowOf = ({ direction, missed }: Pick<Call, "direction" | "missed">): LucideIcon =>
	missed ? PhoneMissed : direction === "inbound" ? PhoneIncoming : PhoneOutgoing;

/** The other end: its name where there is one, and its number. */
export function otherEnd(call: Call): { name: string; number: string; dial: string } {
	const inbound = call.direction === "inbound";
	const number = (inbound ? call.fromFormatted : call.toFormatted) || "";
	const dial = call.peerIdentity ?? (inbound ? call.from : call.to);
	return { name: call.peerName || number || call.peerIdentity || "Hidden number", number, dial };
}

/** Our side: the line, or the person's own number. */
export const ownEnd = (call: Call): string => (call.direction === "inbound" ? call.toFormatted : call.fromFormatted);

/** How an assistant's call ended. */
export const ENDED: Record<string, string> = {
	caller_hung_up: "the caller hung up",
	assistant_hung_up: "the assistant hung up",
	transferred: "handed over",
	voicemail: "an answering machine",
	no_answer: "nobody answered",
	busy: "busy",
	silence: "nobody spoke",
	too_long: "it took too long",
	cancelled: "cancelled",
	error: "something went wrong",
};

export const ANSWERED_BY: Record<string, string> = {
	human: "A person",
	machine: "A machine",
	voicemail: "Voicemail",
	queue: "The queue",
	assistant: "An assistant",
	forward: "A forwarded telephone",
};
