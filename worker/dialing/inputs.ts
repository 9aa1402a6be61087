import * as z from "zod";
import { PageQuery } from "../http/pages";

/** What every callback URL of ours carries: the attempt and our own signature over it. */
export const CallbackQuery = z.object({ a: z.string().max(64), s: z.string().max(64) });
/** A status callback also names its campaign; those ordered before it did so still come without. */
export const StatusQuery = CallbackQuery.extend({ c: z.string().max(64).optional() });
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
	})
	.meta({ id: "CampaignRecipient" });

export const AttemptShape = z
	.object({
		id: z.string(),
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
		endedAt: iso,
		durationSeconds: count.nullable(),
		transferSeconds: count.nullable(),
		costMicros: count.nullable(),
	})
	.meta({ id: "CampaignAttempt" });

export const ReportShape = z
	.object({
		byOutcome: z.array(z.object({ outcome: z.string(), count })),
		skipped: z.array(z.object({ reason: z.string(), count })),
		attempts: count,
		spentMicros: count,
		currency: z.string(),
	})
	.meta({ id: "CampaignReport" });
