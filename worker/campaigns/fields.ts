import type { RetryRules } from "../db/tables/campaign-script";
import { Fault } from "../errors";
import { parsePhone } from "../pure/phone";
import type { CampaignPatch } from "./inputs";
import { minuteOf } from "./shape";
import type { CampaignFields } from "./store";

/** The columns that an input sets; what it leaves out stays as it is. */
export function fieldsOf(input: CampaignPatch): CampaignFields {
	const {
		title,
		description,
		greetingFileId,
		transferNumber,
		contactListId,
		callerNumbers,
		schedule,
		pacing,
		retries,
	} = input;
	return given({
		title,
		description,
		greetingFileId,
		// One or the other: whichever is named takes the place of what was there.
		contactListId: contactListId === undefined && input.segmentId ? null : contactListId,
		segmentId: contactListId ? null : input.segmentId,
		transferNumber: transferNumber && (parsePhone(transferNumber)?.e164 ?? transferNumber),
		callerNumbers: callerNumbers && [...new Set(callerNumbers.map(readCaller))],
		startsAt: momentOf(schedule?.startsAt),
		endsAt: momentOf(schedule?.endsAt),
		expiresAt: momentOf(schedule?.expiresAt),
		holidays: schedule?.holidays,
		assumedZone: schedule?.assumedTimeZone,
		outsideHours: schedule?.outsideHours,
		unknownZone: schedule?.unknownZone,
		windowStartMinute: schedule?.window && minuteOf(schedule.window.start),
		windowEndMinute: schedule?.window && minuteOf(schedule.window.end),
		windowDays: schedule?.window?.days.join(""),
		callsPerSecond: pacing?.callsPerSecond,
		maxConcurrent: pacing?.maxConcurrent,
		maxAttempts: retries?.maxAttempts,
		retryDelaySeconds: retries?.delaySeconds,
		retryRules: retries?.rules && rulesIn(retries.rules),
		consentRequired: input.consentRequired,
		script: input.script,
		callerChoice: input.callerChoice,
		maxCallSeconds: input.maxCallSeconds,
	});
}

const momentOf = (said: string | null | undefined) => (typeof said === "string" ? Date.parse(said) : said);

function rulesIn({ noAnswer, ...rules }: NonNullable<NonNullable<CampaignPatch["retries"]>["rules"]>): RetryRules {
	return given({ ...rules, no_answer: noAnswer }) as RetryRules;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function given<T extends object>(values: T): Given<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

// A carrier's own number need not be valid by the numbering plan, only well formed: test and toll-free ranges change faster than metadata.
function readCaller(text: string, at: number): string {
	const e164 = parsePhone(text)?.e164 ?? text;
	if (/^\+[1-9]\d{6,14}$/.test(e164)) return e164;
	const path = `callerNumbers.${at}`;
	throw new Fault("invalid_input", `${path}: not a phone number`, {
		details: [{ path, message: "not a phone number" }],
	});
}
