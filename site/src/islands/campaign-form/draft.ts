import type { Campaign } from "../../lib/wire";
import { minutesOf, type RulesDraft, rulesDraftOf, rulesOf, secondsOf } from "./retries";
import { isRoute, NEW_SCRIPT, type ScriptDraft, scriptDraftOf, scriptOf, takerOf } from "./script";

/** What the form holds: the campaign as its fields show it, texts not yet numbers. */
export interface Draft extends ScriptDraft {
	title: string;
	/** A list's id, or a segment's. */
	contactListId: string;
	greetingFileId: string;
	/** A transfer number's id; or "sip:", "assistant:" or "queue:" with an id, or "agents:" with the ids of people. */
	transferNumber: string;
	callerNumbers: string[];
	/** Local date and time of this browser; "" starts when the button is pressed. */
	startsAt: string;
	start: string;
	/** "00:00" is the end of the day. */
	end: string;
	days: number[];
	outsideHours: "wait" | "skip";
	unknownZone: "skip" | "dial" | "assume";
	/** The zone that is assumed then. */
	assumedTimeZone: string;
	callsPerSecond: string;
	maxConcurrent: string;
	maxAttempts: string;
	delayMinutes: string;
	/** Results with tries and delays of their own. */
	retryRules: RulesDraft;
	maxCallMinutes: string;
	/** Local date and time of this browser; "" never. */
	endsAt: string;
	/** Local date and time of this browser; "" never. */
	expiresAt: string;
	/** Days, one a line or separated by commas: 2026-12-25. */
	holidays: string;
	callerChoice: "rotate" | "local";
	consentRequired: boolean;
}

export const NEW_DRAFT: Draft = {
	title: "",
	contactListId: "",
	greetingFileId: "",
	transferNumber: "",
	callerNumbers: [],
	startsAt: "",
	start: "09:00",
	end: "20:00",
	days: [1, 2, 3, 4, 5],
	outsideHours: "wait",
	unknownZone: "skip",
	assumedTimeZone: ownZone(),
	callsPerSecond: "",
	maxConcurrent: "",
	maxAttempts: "1",
	delayMinutes: "15",
	retryRules: {},
	maxCallMinutes: "10",
	endsAt: "",
	expiresAt: "",
	holidays: "",
	callerChoice: "rotate",
	consentRequired: false,
	...NEW_SCRIPT,
};

export function draftOf(campaign: Campaign): Draft {
	const { schedule, pacing, retries } = campaign;
	return {
		title: campaign.title,
		contactListId: campaign.segmentId ?? campaign.contactListId ?? "",
		greetingFileId: campaign.greetingFileId ?? "",
		transferNumber: takerOf(campaign.script) ?? campaign.transferNumberId ?? campaign.transferNumber ?? "",
		callerNumbers: campaign.callerNumbers,
		startsAt: localInput(schedule.startsAt),
		...schedule.window,
		end: schedule.window.end === MIDNIGHT ? "00:00" : schedule.window.end,
		outsideHours: schedule.outsideHours,
		unknownZone: schedule.assumedTimeZone ? "assume" : schedule.unknownZone,
		assumedTimeZone: schedule.assumedTimeZone ?? ownZone(),
		callsPerSecond: pacing.callsPerSecond?.toString() ?? "",
		maxConcurrent: pacing.maxConcurrent?.toString() ?? "",
		maxAttempts: String(retries.maxAttempts),
		delayMinutes: minutesOf(retries.delaySeconds),
		retryRules: rulesDraftOf(retries.rules),
		maxCallMinutes: minutesOf(campaign.maxCallSeconds),
		endsAt: localInput(schedule.endsAt),
		expiresAt: localInput(schedule.expiresAt),
		holidays: schedule.holidays.join(", "),
		callerChoice: campaign.callerChoice,
		consentRequired: campaign.consentRequired,
		...scriptDraftOf(campaign.script),
	};
}

/** A draft like a campaign that is there, for another day. */
export function copyOf(campaign: Campaign): Draft {
	const title = `Copy of ${campaign.title}`.slice(0, 200);
	return { ...draftOf(campaign), title, startsAt: "", endsAt: "", expiresAt: "" };
}

/** The body that creates or changes the campaign. */
export function bodyOf(draft: Draft) {
	const numberOrNull = (text: string) => (text.trim() === "" ? null : Number(text));
	return {
		title: draft.title.trim(),
		...(draft.contactListId.startsWith("seg_")
			? { segmentId: draft.contactListId }
			: { contactListId: draft.contactListId || null, segmentId: null }),
		greetingFileId: draft.greetingFileId || null,
		transferNumber: isRoute(draft.transferNumber) ? null : draft.transferNumber || null,
		callerNumbers: draft.callerNumbers,
		schedule: {
			startsAt: momentOf(draft.startsAt),
			window: { start: draft.start, end: draft.end === "00:00" ? MIDNIGHT : draft.end, days: draft.days },
			outsideHours: draft.outsideHours,
			unknownZone: draft.unknownZone === "dial" ? ("dial" as const) : ("skip" as const),
			assumedTimeZone: draft.unknownZone === "assume" ? draft.assumedTimeZone : null,
			endsAt: momentOf(draft.endsAt),
			expiresAt: momentOf(draft.expiresAt),
			holidays: draft.holidays.split(/[\s,;]+/).filter(Boolean),
		},
		callerChoice: draft.callerChoice,
		consentRequired: draft.consentRequired,
		script: scriptOf(draft),
		pacing: { callsPerSecond: numberOrNull(draft.callsPerSecond), maxConcurrent: numberOrNull(draft.maxConcurrent) },
		retries: {
			maxAttempts: Number(draft.maxAttempts),
			delaySeconds: secondsOf(draft.delayMinutes),
			rules: rulesOf(draft.retryRules),
		},
		maxCallSeconds: secondsOf(draft.maxCallMinutes),
	};
}

/** The part of it that may change while calls go out: not who is called, nor what they hear. */
export function bodyWhileRunning(draft: Draft) {
	const { title, schedule, pacing, retries } = bodyOf(draft);
	const { window, outsideHours, endsAt, expiresAt, holidays } = schedule;
	return { title, pacing, retries, schedule: { window, outsideHours, endsAt, expiresAt, holidays } };
}

/** The end of a day, which a clock's input can only show as the beginning of the next. */
const MIDNIGHT = "24:00";

function ownZone(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

const momentOf = (input: string) => (input ? new Date(input).toISOString() : null);

/** As an input for a local date and time wants it; with seconds only where there are some, so that none are lost. */
function localInput(moment: string | null): string {
	if (!moment) return "";
	const at = new Date(moment);
	const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 19).replace(/:00$/, "");
}
