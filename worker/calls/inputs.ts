import * as z from "zod";
import { PageQuery } from "../http/pages";
import { CALL_STATUSES } from "../pure/call-statuses";
import { ConsultShape } from "./consult/inputs";

const userId = z.string().max(64).optional();
const moment = z
	.union([z.iso.datetime({ offset: true }), z.iso.date()])
	.transform((text) => Date.parse(text))
	.optional();

export const CallFilter = z.object({
	userId,
	direction: z.enum(["inbound", "outbound"]).optional(),
	kind: z.enum(["browser", "carrier", "campaign"]).optional(),
	status: z.enum(CALL_STATUSES).optional(),
	/** Either end's number. */
	number: z.string().min(1).max(40).optional(),
	/** Began at or after this moment. */
	from: moment,
	/** Began before this moment. */
	to: moment,
	campaignId: z.string().max(64).optional(),
	assistantId: z.string().max(64).optional(),
	/** Part of a number or a name. */
	q: z.string().trim().min(1).max(100).optional(),
});
export type CallFilter = z.output<typeof CallFilter>;
export const CallsQuery = CallFilter.extend(PageQuery.shape);
export const CallId = z.object({ id: z.string().min(1).max(64) });

const count = z.int().min(0);

export const CallShape = z
	.object({
		id: z.string(),
		userId: z.string(),
		/** In whose log it stands. */
		memberId: z.string(),
		kind: z.enum(["browser", "carrier", "campaign"]),
		direction: z.enum(["inbound", "outbound"]),
		from: z.string(),
		to: z.string(),
		fromFormatted: z.string(),
		toFormatted: z.string(),
		/** The account's own line in it; null for calls between browsers. */
		ownNumber: z.string().nullable(),
		peerIdentity: z.string().nullable(),
		peerName: z.string().nullable(),
		status: z.enum(CALL_STATUSES),
		missed: z.boolean(),
		/** True while it goes on. */
		live: z.boolean(),
		/** Seconds from the answer to the end. */
		duration: count,
		/** human, machine, voicemail, queue, assistant or forward; null when nobody did. */
		answeredBy: z.string().nullable(),
		answeredUserId: z.string().nullable(),
		campaign: z.string().nullable(),
		assistant: z.string().nullable(),
		transcript: z.string().nullable(),
		/** `GET /api/recordings/{id of the call}` says where to hear it. */
		recording: z.object({ id: z.string(), kind: z.enum(["call", "voicemail"]), duration: count }).nullable(),
		cost: z.object({ amountMicros: count, currency: z.string() }).nullable(),
		errorCode: z.string().nullable(),
		startedAt: z.string(),
		answeredAt: z.string().nullable(),
		endedAt: z.string().nullable(),
	})
	.meta({ id: "Call" });
export type Call = z.output<typeof CallShape>;

export const CallEvent = z.object({
	kind: z.string(),
	detail: z.record(z.string(), z.json()),
	at: z.iso.datetime(),
});

export const Turn = z.object({ by: z.enum(["assistant", "caller"]), text: z.string(), at: z.number().nullable() });

/** A call with everything that happened in it, in order. */
export const CallStory = CallShape.extend({
	events: z.array(CallEvent),
	/** What each telephone that was dialed cost; null while that is not known. */
	legs: z.array(
		z.object({
			to: z.string(),
			toFormatted: z.string(),
			minutes: count.nullable(),
			cost: z.object({ amountMicros: count, currency: z.string() }).nullable(),
		}),
	),
	/** What an assistant had to do with it; null when none took it. */
	assistantCall: z
		.object({
			name: z.string(),
			startedAt: z.string(),
			endedAt: z.string().nullable(),
			endedReason: z.string().nullable(),
			/** A word for the reason, of which the provider has hundreds. */
			endedBucket: z.string().nullable(),
			summary: z.string(),
			transferredTo: z.string().nullable(),
			/** `at`: seconds from its beginning, and so in its recording. */
			turns: z.array(Turn),
		})
		.nullable(),
	/** Who was asked about it last, while it was on hold. */
	consult: ConsultShape.nullable(),
}).meta({ id: "CallStory" });
export type CallStory = z.output<typeof CallStory>;

/** What every callback URL of ours carries: the call, its place on its route, and our own signature over both. */
export const CallbackQuery = z.object({
	c: z.string().max(64),
	n: z.coerce.number().int().min(0).max(1_000).default(0),
	b: z.enum(["open", "closed", "aside", "moved"]).default("open"),
	u: z.string().max(64).default(""),
	s: z.string().max(64),
});
export type CallbackQuery = z.output<typeof CallbackQuery>;

const seconds = z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined);
const sid = z.string().min(1).max(64);
const word = z.string().max(64).optional();

/** What the carrier says of a call, in whatever it tells us. Unknown parameters are expected. */
export const CarrierForm = z.looseObject({
	CallSid: sid,
	From: z.string().max(200).default(""),
	To: z.string().max(200).default(""),
	CallerName: z.string().max(200).optional(),
	CallStatus: word,
	CallDuration: seconds,
	SequenceNumber: z.string().max(12).optional(),
	SipResponseCode: z.string().max(8).optional(),
	DialCallSid: word,
	DialCallStatus: word,
	DialCallDuration: seconds,
	RecordingSid: word,
	RecordingDuration: seconds,
});
export type CarrierForm = z.output<typeof CarrierForm>;

export const RecordedForm = z.looseObject({
	/** Not there when several lines were recorded in a room. */
	CallSid: sid.optional(),
	RecordingSid: z.string().regex(/^RE[0-9a-fA-F]{32}$/),
	RecordingStatus: z.string().max(32).default("completed"),
	RecordingDuration: seconds,
});
export type RecordedForm = z.output<typeof RecordedForm>;

export const TranscribedForm = z.looseObject({
	RecordingSid: z.string().regex(/^RE[0-9a-fA-F]{32}$/),
	TranscriptionStatus: z.string().max(32).default(""),
	TranscriptionText: z.string().max(100_000).default(""),
});
export type TranscribedForm = z.output<typeof TranscribedForm>;

export const PlaceInput = z.strictObject({
	userId,
	/** A line of one's own. */
	from: z.string().min(1).max(40),
	to: z.string().min(1).max(40),
	country: z.string().max(60).optional(),
	/** What rings first: one's own browser, or the telephone that the settings say is one's own. */
	via: z.enum(["browser", "phone"]).default("browser"),
});
export type PlaceInput = z.output<typeof PlaceInput>;

export const Done = z.object({ success: z.literal(true) });

/** Whom a call is handed to: exactly one of these. */
export const TransferInput = z
	.strictObject({
		userId,
		number: z.string().min(1).max(40).optional(),
		country: z.string().max(60).optional(),
		transferNumberId: z.string().min(1).max(64).optional(),
		memberId: z.string().min(1).max(64).optional(),
		queueId: z.string().min(1).max(64).optional(),
		voicemail: z.literal(true).optional(),
	})
	.refine(
		({ number, transferNumberId, memberId, queueId, voicemail }) =>
			[number, transferNumberId, memberId, queueId, voicemail].filter((to) => to !== undefined).length === 1,
		{ message: "name exactly one of number, transferNumberId, memberId, queueId and voicemail" },
	);
export type TransferInput = z.output<typeof TransferInput>;

/** What the carrier's telephone in a browser says when it calls: whom, and which line it wants to show. */
export const BrowserForm = z.looseObject({
	CallSid: z.string().min(1).max(64),
	From: z.string().max(200),
	To: z.string().max(64).default(""),
	CallerId: z.string().max(40).optional(),
});
export type BrowserForm = z.output<typeof BrowserForm>;
