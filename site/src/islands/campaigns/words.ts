import {
	Ban,
	CalendarClock,
	CircleAlert,
	CircleCheck,
	CircleHelp,
	CirclePause,
	CircleX,
	Clock3,
	FilePen,
	Hash,
	type LucideIcon,
	PhoneForwarded,
	PhoneIncoming,
	PhoneMissed,
	PhoneOff,
	PhoneOutgoing,
	Voicemail,
} from "lucide-preact";
import type { Tone } from "../../kit/State";
import type { CampaignStatus } from "../../lib/wire";

interface Word {
	tone: Tone;
	icon: LucideIcon;
	word: string;
}

export const STATUS: Record<CampaignStatus, Word> = {
	draft: { tone: "plain", icon: FilePen, word: "Draft" },
	scheduled: { tone: "busy", icon: CalendarClock, word: "Scheduled" },
	running: { tone: "busy", icon: PhoneOutgoing, word: "Calling" },
	paused: { tone: "warn", icon: CirclePause, word: "Paused" },
	completed: { tone: "good", icon: CircleCheck, word: "Finished" },
	cancelled: { tone: "plain", icon: CircleX, word: "Cancelled" },
};

const OUTCOMES: Record<string, Word> = {
	answered: { tone: "good", icon: CircleCheck, word: "Answered" },
	transferred: { tone: "good", icon: Hash, word: "Pressed 1" },
	connected: { tone: "good", icon: PhoneForwarded, word: "Connected" },
	opted_out: { tone: "warn", icon: Ban, word: "Pressed 9" },
	machine: { tone: "plain", icon: Voicemail, word: "Voicemail" },
	busy: { tone: "plain", icon: PhoneOff, word: "Busy" },
	no_answer: { tone: "plain", icon: PhoneMissed, word: "No answer" },
	failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
	cancelled: { tone: "plain", icon: CircleX, word: "Called off" },
	unconfirmed: { tone: "warn", icon: CircleHelp, word: "Not confirmed" },
	pending: { tone: "plain", icon: Clock3, word: "Waiting" },
	active: { tone: "busy", icon: PhoneIncoming, word: "On the line" },
};

/** What somebody came to: who pressed 1 and was taken by somebody is further than who only pressed. */
export const resultOf = (outcome: string, connectedAt: string | null): string =>
	outcome === "transferred" && connectedAt !== null ? "connected" : outcome;

/** How a call or a person's turn ended, in a word. */
export function outcomeWord(outcome: string): Word {
	return OUTCOMES[outcome] ?? { tone: "plain", icon: CircleHelp, word: readable(outcome) };
}

const SKIPS: Record<string, string> = {
	opted_out: "Asked never to be called",
	suppressed: "Asked never to be called",
	do_not_call: "On your do-not-call list",
	unknown_zone: "Time zone unknown",
	no_zone: "Time zone unknown",
	outside_hours: "Outside the hours",
	never_open: "The hours never open there",
	campaign_do_not_call: "Left out of this campaign",
	costly_number: "Costly kind of number",
	blocked_country: "A country that is not called",
	no_consent: "No consent on record",
	not_reached: "The campaign ended before",
	premium: "Costly kind of number",
	no_country: "Number of no country",
	no_price: "No price for that country",
};

/** Why somebody was not called. */
export function skipWord(reason: string): string {
	return SKIPS[reason] ?? readable(reason);
}

const PAUSES: Record<string, string> = {
	by_owner: "Paused by you. Calls that were in the air were let finish.",
	out_of_credit: "The wallet ran dry. Top it up, then resume.",
	not_ready: "It could not start on its day: something it needs is missing. Edit it, then resume.",
	daily_cap: "Today's spending cap is reached. Raise it in the wallet, or resume tomorrow.",
	expired: "Its time is over.",
	caller_number_gone: "None of its caller numbers is yours any more. Choose another, then resume.",
	caller_number_refused: "The carrier does not let it call from its number. Choose another, then resume.",
	carrier_credentials: "The carrier does not accept this installation's account. Ask whoever runs it, then resume.",
};

/** Why a campaign stands still, and what to do. */
export function pauseWord(reason: string | null): string {
	return reason ? (PAUSES[reason] ?? `Paused: ${readable(reason).toLowerCase()}.`) : "Paused.";
}

function readable(word: string): string {
	const plain = word.replaceAll("_", " ");
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
