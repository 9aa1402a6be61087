import {
	ArrowRightLeft,
	AudioLines,
	Bot,
	Check,
	CircleDollarSign,
	FileText,
	Hash,
	Info,
	ListOrdered,
	type LucideIcon,
	Megaphone,
	PhoneCall,
	PhoneIncoming,
	PhoneOff,
	PhoneOutgoing,
	TriangleAlert,
	Undo2,
	Voicemail,
} from "lucide-preact";
import type { CallStory } from "../../lib/wire";
import { length } from "../../lib/words";
import { ENDED } from "./words";

export interface Moment {
	at: string;
	icon: LucideIcon;
	/** What happened, in a sentence. */
	word: string;
	detail: Record<string, unknown>;
}
type Detail = Record<string, unknown>;

const text = (detail: Detail, name: string): string =>
	typeof detail[name] === "string" ? (detail[name] as string) : "";
const spoken = (detail: Detail): string => {
	const { seconds } = detail;
	return typeof seconds === "number" && seconds > 0 ? ` after ${length(seconds)}` : "";
};

const STEPS: Record<string, string> = {
	ring: " to somebody's browser",
	queue: " to a queue",
	voicemail: " to voicemail",
	forward: " to another telephone",
};
function targetWord(to: unknown): string {
	if (typeof to !== "object" || to === null) return "";
	const { kind, number } = to as { kind?: unknown; number?: unknown };
	return typeof number === "string" ? ` to ${number}` : (STEPS[String(kind)] ?? "");
}

const CARRIER: Record<string, string> = {
	queued: "The carrier takes the call",
	initiated: "The carrier begins to dial",
	ringing: "It rings",
	"in-progress": "The call is up",
	answered: "The call is up",
	completed: "The call is over",
	busy: "The line is busy",
	"no-answer": "Nobody answered",
	canceled: "The call was taken back",
	failed: "The call failed",
};
const LEG: Record<string, string> = {
	...CARRIER,
	initiated: "is dialed",
	ringing: "rings",
	"in-progress": "answered",
	answered: "answered",
	completed: "hung up",
	busy: "is busy",
	"no-answer": "did not answer",
	canceled: "stopped ringing",
	failed: "could not be reached",
};

/** Why somebody is not asked any more. */
const ASKED: Record<string, string> = {
	busy: "is busy",
	no_answer: "did not answer",
	unreachable: "could not be reached",
	hung_up: "hung up",
	unclear: "may not have been called: the carrier did not say",
};

/** What the keys are for that do the same in every campaign. */
const PRESSED: Record<string, string> = { 1: ", to talk", 9: ", to stop these calls" };

/** How each kind of event reads. A kind that this page does not know stands under its own name. */
const TELL: Record<string, (detail: Detail) => [LucideIcon, string]> = {
	ringing: (d) => [PhoneIncoming, `${text(d, "from") || "A hidden number"} calls ${text(d, "to")}`.trim()],
	placed: (d) => [PhoneOutgoing, `The carrier is asked to call ${text(d, "to")}`.trim()],
	picked_up: () => [Check, "Your side is picked up; now the other end is called"],
	hang_up: () => [PhoneOff, "Hung up from here"],
	failed: (d) => [TriangleAlert, `It did not go out: ${text(d, "message") || text(d, "reason")}`],
	status: (d) => [
		d.status === "completed" ? PhoneOff : PhoneCall,
		`${CARRIER[text(d, "status")] ?? `The carrier says “${text(d, "status")}”`}${spoken(d)}`,
	],
	leg: (d) => {
		const who = text(d, "name") || text(d, "to").replace(/^client:care4w-.*/, "Somebody's browser") || "The other end";
		return [
			text(d, "status") === "completed" ? PhoneOff : PhoneCall,
			`${who} ${LEG[text(d, "status")] ?? text(d, "status")}`,
		];
	},
	dialed: (d) => {
		const status = text(d, "status");
		const taken = status === "completed" || status === "answered";
		return [
			taken ? Check : PhoneOff,
			taken ? `Spoken with${spoken(d).replace("after", "for")}` : `That step: ${LEG[status] ?? status}`,
		];
	},
	greeted: () => [Megaphone, "The greeting is played"],
	pressed: (d) => [
		Hash,
		text(d, "digits") ? `${text(d, "digits")} is pressed${PRESSED[text(d, "digits")] ?? ""}` : "No key is pressed",
	],
	detected: (d) => [Bot, /^(machine|fax)/.test(text(d, "answeredBy")) ? "A machine picked up" : "A person picked up"],
	message_played: () => [Voicemail, "The message for machines is played"],
	recorded: (d) => [
		AudioLines,
		`A ${d.kind === "voicemail" ? "message" : "recording"}${spoken(d).replace("after", "of")} was taken`,
	],
	voicemail: (d) => [Voicemail, `The caller left a message${spoken(d).replace("after", "of")}`],
	transcribed: () => [FileText, "What was said is written down"],
	no_credit: (d) => [CircleDollarSign, `The balance did not pay for calling ${text(d, "to")}`.trim()],
	transferred: (d) => [ArrowRightLeft, `Handed on${targetWord(d.to)}`],
	consult_ringing: (d) => [PhoneOutgoing, `${text(d, "to")} is asked; the call waits on hold`],
	consult_talking: (d) => [Check, `${text(d, "to")} answered and is asked`],
	consult_completed: (d) => [ArrowRightLeft, `The call goes on with ${text(d, "to")}`],
	consult_taken_back: () => [Undo2, "Back to the call"],
	consult_failed: (d) => [PhoneOff, `${text(d, "to")} ${ASKED[text(d, "reason")] ?? "is not asked any more"}`],
	consult_dropped: (d) => [
		PhoneOff,
		d.reason === "customer"
			? "Whoever was on hold hung up"
			: d.reason === "agent"
				? "Who asked hung up before anybody answered"
				: `${text(d, "to")} hung up before the call reached them`,
	],
	consulted: (d) => [PhoneOutgoing, `${text(d, "with")} was asked while this call was on hold`],
	handed_on: (d) => [ArrowRightLeft, `Handed on${text(d, "to") && ` to ${text(d, "to")}`}`],
	handed_by: (d) => [ArrowRightLeft, `${text(d, "by")} handed this call on`],
	queue_entered: () => [ListOrdered, "The caller waits in a queue"],
	queue_taken: () => [ListOrdered, "Taken from the queue"],
	queue_dropped: () => [ListOrdered, "Dropped from the queue"],
	queue_transferred: () => [ListOrdered, "Sent elsewhere from the queue"],
	queue_left: () => [ListOrdered, "The caller left the queue"],
	queue_timed_out: () => [ListOrdered, "The caller waited too long"],
	assistant: (d) => [Bot, `${text(d, "name") || "An assistant"} answers`],
	assistant_over: (d) => [Bot, `${text(d, "name")} is through: ${ENDED[text(d, "how")] ?? text(d, "reason")}`],
};

/** The story in order. The times of a call between browsers are part of it: no carrier tells them. */
export function momentsOf(call: CallStory): Moment[] {
	const events = [...assistantsPart(call), ...call.events]
		.sort((one, other) => one.at.localeCompare(other.at))
		.map((event) => {
			const { icon, word } = told(event.kind, event.detail);
			return { ...event, icon, word: asRead(word, call) };
		});
	if (call.events.length > 0 && call.kind !== "browser") return events;
	const moments: Moment[] = [
		{
			at: call.startedAt,
			icon: call.direction === "inbound" ? PhoneIncoming : PhoneOutgoing,
			word: call.direction === "inbound" ? "It rings here" : "It rings over there",
			detail: {},
		},
	];
	if (call.answeredAt) moments.push({ at: call.answeredAt, icon: Check, word: "Answered", detail: {} });
	const end = call.endedAt && { at: call.endedAt, icon: PhoneOff, word: endWord(call), detail: {} };
	const inOrder = [...moments, ...events].sort((one, other) => one.at.localeCompare(other.at));
	return end ? [...inOrder, end] : inOrder;
}

/** When an assistant took the call, and why it was through. The carrier tells nothing of that. */
function assistantsPart({ assistantCall: part, endedAt: over }: CallStory): CallStory["events"] {
	if (!part) return [];
	const { name, startedAt, endedAt, endedReason: reason, endedBucket: how } = part;
	const answers = { kind: "assistant", at: startedAt, detail: { name } };
	if (!endedAt || !reason) return [answers];
	// Its provider's clock may be late; nobody talks on after the end.
	const at = over && over < endedAt ? over : endedAt;
	return [answers, { kind: "assistant_over", at, detail: { name, how, reason } }];
}

/** Numbers as people read them. */
const asRead = (word: string, { from, fromFormatted, to, toFormatted }: CallStory): string =>
	[[from, fromFormatted] as const, [to, toFormatted] as const].reduce(
		(text, [plain, formatted]) => (plain ? text.replaceAll(plain, formatted) : text),
		word,
	);

function told(kind: string, detail: Detail): { icon: LucideIcon; word: string } {
	const [icon, word] = TELL[kind]?.(detail) ?? [
		Info,
		kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("_", " "),
	];
	return { icon, word };
}

const ENDS: Partial<Record<CallStory["status"], string>> = {
	missed: "The caller gave up",
	no_answer: "Nobody answered",
	declined: "It was declined",
	cancelled: "It was taken back before anybody answered",
	busy: "They were in another call",
	unavailable: "No device of theirs was there to ring",
	failed: "The connection failed",
};

export function endWord({ status, duration }: Pick<CallStory, "status" | "duration">): string {
	return ENDS[status] ?? (duration > 0 ? `Hung up after ${length(duration)}` : "Hung up");
}
