import type { CampaignShape } from "./inputs";
import type { CampaignRow } from "./store";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const clock = (minute: number) =>
	`${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** "09:30" -> 570. */
export function minuteOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** How far a campaign is, in whole per cent; 100 only when nobody is left. */
export function progressOf({
	recipients,
	done,
	skipped,
}: {
	recipients: number;
	done: number;
	skipped: number;
}): number {
	return recipients === 0 ? 0 : Math.floor((100 * (done + skipped)) / recipients);
}

const rulesOnWire = ({ no_answer, ...rules }: CampaignRow["campaign"]["retryRules"]) => ({
	...rules,
	...(no_answer ? { noAnswer: no_answer } : {}),
});

/** A campaign as the API shows it. */
export function toCampaign({ campaign: c, counters: n, transferE164 }: CampaignRow): CampaignShape {
	return {
		id: c.id,
		userId: c.accountId,
		title: c.title,
		description: c.description,
		status: c.status,
		pausedReason: c.pausedReason,
		greetingFileId: c.greetingFileId,
		transferNumber: transferE164,
		transferNumberId: c.transferNumberId,
		contactListId: c.contactListId,
		segmentId: c.segmentId,
		callerNumbers: c.callerNumbers,
		schedule: {
			startsAt: iso(c.startsAt),
			window: { start: clock(c.windowStartMinute), end: clock(c.windowEndMinute), days: [...c.windowDays].map(Number) },
			outsideHours: c.outsideHours,
			unknownZone: c.unknownZone,
			endsAt: iso(c.endsAt),
			expiresAt: iso(c.expiresAt),
			holidays: c.holidays,
			assumedTimeZone: c.assumedZone,
		},
		pacing: { callsPerSecond: c.callsPerSecond, maxConcurrent: c.maxConcurrent },
		retries: { maxAttempts: c.maxAttempts, delaySeconds: c.retryDelaySeconds, rules: rulesOnWire(c.retryRules) },
		maxCallSeconds: c.maxCallSeconds,
		consentRequired: c.consentRequired,
		consentConfirmedAt: iso(c.consentConfirmedAt),
		script: c.script,
		callerChoice: c.callerChoice,
		progress: progressOf(n),
		totalCalls: n.totalCalls,
		answeredCalls: n.answeredCalls,
		transferredCalls: n.transferredCalls,
		failedCalls: n.failedCalls,
		counters: {
			recipients: n.recipients,
			pending: n.pending,
			active: n.active,
			done: n.done,
			skipped: n.skipped,
			totalCalls: n.totalCalls,
			liveCalls: n.liveCalls,
			answered: n.answeredCalls,
			transferred: n.transferredCalls,
			connected: n.connectedCalls,
			connectedSeconds: n.connectedSeconds,
			optedOut: n.optedOutCalls,
			machine: n.machineCalls,
			busy: n.busyCalls,
			noAnswer: n.noAnswerCalls,
			failed: n.failedCalls,
			unconfirmed: n.unconfirmedCalls,
			talkSeconds: n.talkSeconds,
			spentMicros: n.spentMicros,
		},
		startedAt: iso(c.startedAt),
		finishedAt: iso(c.finishedAt),
		createdAt: iso(c.createdAt),
		updatedAt: iso(c.updatedAt),
	};
}
