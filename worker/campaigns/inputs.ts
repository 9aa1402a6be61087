import * as z from "zod";
import { zoneNamed } from "../pure/zones";
import { Script } from "./script-inputs";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "must be HH:MM from 00:00 to 24:00");
const toMinutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The hours within which people are called, in their own local time. Days are ISO weekdays, Monday is 1. */
export const Window = z
	.strictObject({
		start: clock.default("09:00"),
		end: clock.default("20:00"),
		days: z
			.array(z.number().int().min(1).max(7))
			.min(1, "must name at least one day")
			.max(7)
			.default([1, 2, 3, 4, 5, 6, 7])
			.transform((days) => [...new Set(days)].sort()),
	})
	.refine(({ start, end }) => toMinutes(start) < toMinutes(end), { path: ["end"], message: "must be after start" });

const ScheduleFields = z.strictObject({
	startsAt: z.iso.datetime({ offset: true }).nullish(),
	window: Window.optional(),
	outsideHours: z.enum(["wait", "skip"]).optional(),
	unknownZone: z.enum(["skip", "dial"]).optional(),
	/** No call starts from here on; whoever is left is not called. */
	endsAt: z.iso.datetime({ offset: true }).nullish(),
	/** A campaign that has not begun by then, or stands paused, is cancelled. */
	expiresAt: z.iso.datetime({ offset: true }).nullish(),
	/** Days of everybody's own calendar on which nobody is called. */
	holidays: z
		.array(z.iso.date())
		.max(366)
		.transform((days) => [...new Set(days)].sort())
		.optional(),
	/** The zone of people whose own nobody can tell. */
	assumedTimeZone: z
		.string()
		.max(64)
		.transform((zone, context) => {
			const named = zoneNamed(zone);
			if (named) return named;
			context.addIssue({ code: "custom", message: "not a time zone; say it like Europe/Berlin" });
			return z.NEVER;
		})
		.nullish(),
});

const Schedule = ScheduleFields.refine(
	({ startsAt, endsAt }) => !startsAt || !endsAt || Date.parse(startsAt) < Date.parse(endsAt),
	{ path: ["endsAt"], message: "must be after startsAt" },
);

const retryRule = z.strictObject({
	maxAttempts: z.number().int().min(1).max(10),
	delaySeconds: z.number().int().min(60).max(604_800),
});

const Pacing = z.strictObject({
	callsPerSecond: z.number().min(0.01).max(10_000).nullish(),
	maxConcurrent: z.number().int().min(1).max(100_000).nullish(),
});

const Retries = z.strictObject({
	maxAttempts: z.number().int().min(1).max(10).optional(),
	delaySeconds: z.number().int().min(60).max(604_800).optional(),
	/** Where a result has a rule of its own. */
	rules: z
		.strictObject({ busy: retryRule, noAnswer: retryRule, failed: retryRule, machine: retryRule })
		.partial()
		.optional(),
});

const fields = {
	title: z.string().trim().min(1, "must not be empty").max(200),
	description: z.string().max(5_000).optional(),
	greetingFileId: z.string().max(64).nullish(),
	/** The id of a transfer number, or the number itself. */
	transferNumber: z.string().max(64).nullish(),
	contactListId: z.string().max(64).nullish(),
	/** A saved filter, instead of a list. */
	segmentId: z.string().max(64).nullish(),
	callerNumbers: z.array(z.string().max(40)).max(100).optional(),
	schedule: Schedule.optional(),
	pacing: Pacing.optional(),
	retries: Retries.optional(),
	maxCallSeconds: z.number().int().min(30).max(14_400).optional(),
	/** Only people whose consent is on record are called. */
	consentRequired: z.boolean().optional(),
	script: Script.optional(),
	/** Which of the caller numbers is shown: each in turn, or one with the called person's own area code or country. */
	callerChoice: z.enum(["rotate", "local"]).optional(),
};

export const NewCampaign = z.strictObject({ ...fields, userId: z.string().max(64).optional() });
export type NewCampaign = z.output<typeof NewCampaign>;

export const CampaignPatch = z.strictObject({
	...fields,
	title: fields.title.optional(),
	userId: z.string().max(64).optional(),
});
export type CampaignPatch = z.output<typeof CampaignPatch>;

/** `consentConfirmed`: whoever starts says that these people may be called; kept with who said it and when. */
export const StartQuery = z.object({ consentConfirmed: z.enum(["true", "false"]).optional() });

export const OwnerQuery = z.object({ userId: z.string().max(64).optional() });
export const CampaignId = z.object({ id: z.string().max(64) });

const iso = z.iso.datetime().nullable();
const count = z.number().int().min(0);

export const CampaignShape = z
	.object({
		id: z.string(),
		userId: z.string(),
		title: z.string(),
		description: z.string(),
		status: z.enum(["draft", "scheduled", "running", "paused", "completed", "cancelled"]),
		pausedReason: z.string().nullable(),
		greetingFileId: z.string().nullable(),
		transferNumber: z.string().nullable(),
		transferNumberId: z.string().nullable(),
		contactListId: z.string().nullable(),
		segmentId: z.string().nullable(),
		callerNumbers: z.array(z.string()),
		schedule: z.object({
			startsAt: iso,
			window: z.object({ start: z.string(), end: z.string(), days: z.array(z.number()) }),
			outsideHours: z.enum(["wait", "skip"]),
			unknownZone: z.enum(["skip", "dial"]),
			endsAt: iso,
			expiresAt: iso,
			holidays: z.array(z.string()),
			assumedTimeZone: z.string().nullable(),
		}),
		pacing: z.object({ callsPerSecond: z.number().nullable(), maxConcurrent: z.number().nullable() }),
		retries: z.object({
			maxAttempts: z.number(),
			delaySeconds: z.number(),
			rules: z.record(z.string(), z.object({ maxAttempts: z.number(), delaySeconds: z.number() })),
		}),
		maxCallSeconds: z.number(),
		consentRequired: z.boolean(),
		consentConfirmedAt: iso,
		script: Script,
		callerChoice: z.enum(["rotate", "local"]),
		progress: z.number().min(0).max(100),
		totalCalls: count,
		answeredCalls: count,
		transferredCalls: count,
		failedCalls: count,
		counters: z.object({
			recipients: count,
			pending: count,
			active: count,
			done: count,
			skipped: count,
			totalCalls: count,
			liveCalls: count,
			answered: count,
			transferred: count,
			connected: count,
			connectedSeconds: count,
			optedOut: count,
			machine: count,
			busy: count,
			noAnswer: count,
			failed: count,
			unconfirmed: count,
			talkSeconds: count,
			spentMicros: count,
		}),
		startedAt: iso,
		finishedAt: iso,
		createdAt: iso,
		updatedAt: iso,
	})
	.meta({ id: "Campaign" });
export type CampaignShape = z.output<typeof CampaignShape>;
