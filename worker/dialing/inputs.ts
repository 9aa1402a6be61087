import * as z from "zod";
import { Language } from "../http/language";
import { PageQuery } from "../http/pages";

/** What every callback URL of ours carries: the attempt and our own signature over it. */
export const CallbackQuery = z.object({ a: z.string().max(64), s: z.string().max(64) });
/** A status callback also names its campaign; those ordered before it did so still come without. */
export const StatusQuery = CallbackQuery.extend({ c: z.string().max(64).optional() });
/** `l`: the language in which they are thanked. */
export const SpokenQuery = CallbackQuery.extend({ l: Language.optional() });
export const AnswerQuery = CallbackQuery.extend({ t: z.coerce.number().int().min(1).max(3).default(1) });

const seconds = z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined);

/** A call status callback (the carrier's call resource, status callback). Unknown parameters are expected. */
export const StatusForm = z.looseObject({
	CallSid: z.string().min(1).max(64),
	CallStatus: z.string().max(32),
	SequenceNumber: z.string().max(12).optional(),
	CallDuration: seconds,
	AnsweredBy: z.string().max(32).optional(),
	SipResponseCode: z.string().max(8).optional(),
});
export type StatusForm = z.output<typeof StatusForm>;

/** A request for what to do with a call; `Digits` when keys were pressed. */
export const VoiceForm = z.looseObject({
	CallSid: z.string().min(1).max(64),
	CallStatus: z.string().max(32).optional(),
	Digits: z.string().max(64).optional(),
	AnsweredBy: z.string().max(32).optional(),
});
export type VoiceForm = z.output<typeof VoiceForm>;

export const TransferForm = z.looseObject({
	CallSid: z.string().min(1).max(64),
	DialCallStatus: z.string().max(32).optional(),
	DialCallDuration: seconds,
});
export type TransferForm = z.output<typeof TransferForm>;

export const RecordedForm = z.looseObject({
	CallSid: z.string().min(1).max(64),
	RecordingSid: z.string().regex(/^RE[0-9a-fA-F]{32}$/),
	RecordingStatus: z.string().max(32).default("completed"),
	RecordingDuration: seconds,
});
export type RecordedForm = z.output<typeof RecordedForm>;

export const RecipientsQuery = PageQuery.extend({ outcome: z.string().max(32).optional() });

const count = z.number().int().min(0);
const iso = z.iso.datetime().nullable();

export const RecipientShape = z
	.object({
		contactId: z.string(),
		phoneNumber: z.string(),
		formatted: z.string(),
		name: z.string(),
		state: z.enum(["pending", "active", "done", "skipped"]),
		outcome: z.string().nullable(),
		attempts: count,
		dueAt: iso,
		lastAttemptAt: iso,
		/** When somebody took the call of whoever pressed 1; null where nobody did. */
		connectedAt: iso,
	})
	.meta({ id: "CampaignRecipient" });

export const AttemptShape = z
	.object({
		id: z.string(),
		/** Its story is at `/api/calls/{callId}`. */
		callId: z.string(),
		contactId: z.string(),
		n: count,
		to: z.string(),
		formatted: z.string(),
		from: z.string(),
		state: z.string(),
		callStatus: z.string().nullable(),
		disposition: z.string().nullable(),
		digits: z.string().nullable(),
		errorCode: z.string().nullable(),
		dialedAt: iso,
		answeredAt: iso,
		/** When somebody took the call of whoever pressed 1; null where nobody did. */
		connectedAt: iso,
		endedAt: iso,
		durationSeconds: count.nullable(),
		transferSeconds: count.nullable(),
		costMicros: count.nullable(),
	})
	.meta({ id: "CampaignAttempt" });

const Comparison = z.object({
	a: z.number().nullable(),
	b: z.number().nullable(),
	p: z.number().nullable(),
	winner: z.enum(["a", "b"]).nullable(),
});
const Heard = z.object({ calls: count, answered: count, transferred: count, optedOut: count });

export const ReportShape = z
	.object({
		byOutcome: z.array(z.object({ outcome: z.string(), count })),
		skipped: z.array(z.object({ reason: z.string(), count })),
		attempts: count,
		spentMicros: count,
		currency: z.string(),
		/** People by how far they came, the latest result of each. */
		funnel: z.object({ people: count, called: count, answered: count, transferred: count, connected: count }),
		/** Calls and answers per hour of the people's own day; `zone` is "" where nobody knows it (hours are UTC's then). */
		byHour: z.array(
			z.object({ zone: z.string(), calls: z.array(count).length(24), answered: z.array(count).length(24) }),
		),
		costs: z.object({
			/** Per call that a person answered, and not a machine. */
			perAnswerMicros: count.nullable(),
			/** Per call in which 1 was pressed. */
			perTransferMicros: count.nullable(),
			/** Per call in which somebody then talked with the caller. */
			perConnectMicros: count.nullable(),
		}),
		/** Of the answered calls with each greeting: how many were connected, how many said stop, and whether that is more than chance. */
		test: z.object({ a: Heard, b: Heard, transferred: Comparison, optedOut: Comparison }).nullable(),
	})
	.meta({ id: "CampaignReport" });
