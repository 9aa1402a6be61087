import type { Campaign } from "../../lib/wire";

/** What the form holds: the campaign as its fields show it, texts not yet numbers. */
export interface Draft {
	title: string;
	contactListId: string;
	greetingFileId: string;
	transferNumber: string;
	callerNumbers: string[];
	/** Local date and time of this browser; "" starts when the button is pressed. */
	startsAt: string;
	start: string;
	end: string;
	days: number[];
	outsideHours: "wait" | "skip";
	unknownZone: "skip" | "dial";
	callsPerSecond: string;
	maxConcurrent: string;
	maxAttempts: string;
	delayMinutes: string;
	maxCallMinutes: string;
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
	callsPerSecond: "",
	maxConcurrent: "",
	maxAttempts: "1",
	delayMinutes: "15",
	maxCallMinutes: "10",
};

export function draftOf(campaign: Campaign): Draft {
	const { schedule, pacing, retries } = campaign;
	return {
		title: campaign.title,
		contactListId: campaign.contactListId ?? "",
		greetingFileId: campaign.greetingFileId ?? "",
		transferNumber: campaign.transferNumberId ?? campaign.transferNumber ?? "",
		callerNumbers: campaign.callerNumbers,
		startsAt: schedule.startsAt ? localInput(new Date(schedule.startsAt)) : "",
		...schedule.window,
		outsideHours: schedule.outsideHours,
		unknownZone: schedule.unknownZone,
		callsPerSecond: pacing.callsPerSecond?.toString() ?? "",
		maxConcurrent: pacing.maxConcurrent?.toString() ?? "",
		maxAttempts: String(retries.maxAttempts),
		delayMinutes: String(Math.round(retries.delaySeconds / 60)),
		maxCallMinutes: String(Math.max(1, Math.round(campaign.maxCallSeconds / 60))),
	};
}

/** The body that creates or changes the campaign. */
export function bodyOf(draft: Draft) {
	const numberOrNull = (text: string) => (text.trim() === "" ? null : Number(text));
	return {
		title: draft.title.trim(),
		contactListId: draft.contactListId || null,
		greetingFileId: draft.greetingFileId || null,
		transferNumber: draft.transferNumber || null,
		callerNumbers: draft.callerNumbers,
		schedule: {
			startsAt: draft.startsAt ? new Date(draft.startsAt).toISOString() : null,
			window: { start: draft.start, end: draft.end, days: draft.days },
			outsideHours: draft.outsideHours,
			unknownZone: draft.unknownZone,
		},
		pacing: { callsPerSecond: numberOrNull(draft.callsPerSecond), maxConcurrent: numberOrNull(draft.maxConcurrent) },
		retries: { maxAttempts: Number(draft.maxAttempts), delaySeconds: Math.round(Number(draft.delayMinutes) * 60) },
		maxCallSeconds: Math.round(Number(draft.maxCallMinutes) * 60),
	};
}

function localInput(at: Date): string {
	const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 16);
}
