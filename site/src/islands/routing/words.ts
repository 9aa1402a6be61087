import {
	AudioLines,
	Bot,
	ListOrdered,
	type LucideIcon,
	MessageSquareText,
	PhoneForwarded,
	PhoneIncoming,
	PhoneOff,
	Server,
	Users,
	Voicemail,
} from "lucide-preact";
import { length } from "../../lib/words";
import type { Manner, Step, StepKind } from "./draft";

export const KINDS: Record<StepKind, { icon: LucideIcon; word: string }> = {
	ring: { icon: PhoneIncoming, word: "Ring people" },
	group: { icon: Users, word: "Ring a group" },
	forward: { icon: PhoneForwarded, word: "Forward to a telephone" },
	queue: { icon: ListOrdered, word: "Wait in a queue" },
	assistant: { icon: Bot, word: "Hand to an assistant" },
	sip: { icon: Server, word: "Hand to a SIP provider" },
	say: { icon: MessageSquareText, word: "Say something" },
	play: { icon: AudioLines, word: "Play a greeting" },
	voicemail: { icon: Voicemail, word: "Take a message" },
	hangup: { icon: PhoneOff, word: "Hang up" },
};

export const MANNERS: Record<Manner, string> = {
	ring: "Treat as everybody",
	voicemail: "Straight to voicemail",
	reject: "Refuse with a busy tone",
};

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
export const dayWord = (day: string): string => DAYS[Number(day) - 1] ?? day;

/** "12345" -> "Mon–Fri", "135" -> "Mon, Wed, Fri". */
export function daysWord(days: string): string {
	const sorted = [...days].sort();
	const isRun = sorted.every((day, at) => at === 0 || Number(day) === Number(sorted[at - 1]) + 1);
	if (sorted.length > 2 && isRun) return `${dayWord(sorted[0] ?? "")}–${dayWord(sorted.at(-1) ?? "")}`;
	return sorted.map(dayWord).join(", ") || "No day";
}

/** What things that a step names are called. */
export interface Names {
	people: Map<string, string>;
	transfers: Map<string, string>;
	providers: Map<string, string>;
	assistants: Map<string, string>;
	queues: Map<string, string>;
	groups: Map<string, string>;
	greetings: Map<string, string>;
}

const listed = (words: string[]): string => new Intl.ListFormat("en").format(words);

/** A step in a sentence. */
export function stepWord(step: Step, names: Names): string {
	const named = (among: Map<string, string>, id: string | undefined) => (id ? (among.get(id) ?? "…") : "…");
	switch (step.kind) {
		case "ring": {
			if (step.userIds.length === 0) return `Rings whoever has the number, ${length(step.seconds)}`;
			const people = listed(step.userIds.map((id) => named(names.people, id)));
			const turn = step.userIds.length > 1 ? (step.order === "all" ? " at once" : " in turn") : "";
			return `Rings ${people}${turn}, ${length(step.seconds)}`;
		}
		case "group":
			return `Rings the group ${named(names.groups, step.ringGroupId)}`;
		case "forward":
			return `Forwards to ${step.number ?? named(names.transfers, step.transferNumberId)}, ${length(step.seconds)}`;
		case "sip":
			return `Goes to ${named(names.providers, step.providerId)}${step.user ? `, ${step.user}` : ""}`;
		case "assistant":
			return `${named(names.assistants, step.assistantId)} answers`;
		case "queue":
			return `Waits in ${named(names.queues, step.queueId)}`;
		case "voicemail":
			return `Takes a message of up to ${length(step.maxSeconds)}`;
		case "say":
			return step.text ? `Says “${step.text}”` : "Says …";
		case "play":
			return `Plays ${named(names.greetings, step.greetingFileId)}`;
		case "hangup":
			return "Hangs up";
	}
}
