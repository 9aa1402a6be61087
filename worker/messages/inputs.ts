import * as z from "zod";
import { PageQuery } from "../http/pages";
import { MoneyShape } from "../wallet/inputs";

const userId = z.string().max(64).optional();
export const UserQuery = z.object({ userId });

/** A message as the carrier hands it over. Unknown parameters are expected. */
export const IncomingForm = z.looseObject({
	MessageSid: z.string().min(1).max(64),
	From: z.string().min(1).max(64),
	To: z.string().min(1).max(64),
	Body: z.string().max(20_000).default(""),
	NumMedia: z.coerce.number().int().min(0).max(100).catch(0),
});
export type IncomingForm = z.output<typeof IncomingForm>;

/** What the carrier says of a message of ours. */
export const StatusForm = z.looseObject({
	MessageSid: z.string().min(1).max(64),
	MessageStatus: z.string().min(1).max(40),
	ErrorCode: z.string().max(20).optional(),
});
export const StatusQuery = z.looseObject({ m: z.string().max(64).optional(), s: z.string().max(100).optional() });

const LONGEST_BODY = 1_600;
const MOST_MEDIA = 10;

/** Words for a person: anything but what no screen shows and no network carries. */
export const MessageText = z
	.string()
	.max(LONGEST_BODY, `at most ${LONGEST_BODY} characters`)
	.refine((text) => text.isWellFormed(), "holds half a character")
	// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
	.refine((text) => !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text), "holds control characters");

const parts = {
	/** An own number, `whatsapp:` before it for WhatsApp, or a channel's id. */
	from: z.string().min(1).max(64),
	to: z.string().min(1).max(64),
	/** Where a national number in `to` belongs; without it, the user's own. */
	country: z.string().max(60).optional(),
	body: MessageText.optional(),
	mediaUrls: z.array(z.string().min(1).max(2_000)).max(MOST_MEDIA).optional(),
	/** A template instead of a body, with what stands for its variables. */
	templateId: z.string().max(64).optional(),
	variables: z.record(z.string().max(60), z.string().max(500)).optional(),
};

export const MessageInput = z.strictObject({ userId, ...parts });
export type MessageInput = z.output<typeof MessageInput>;

/** A message for later. */
export const ScheduleInput = MessageInput.extend({ sendAt: z.iso.datetime({ offset: true }) });
export type ScheduleInput = z.output<typeof ScheduleInput>;

export const PreviewInput = z.strictObject({ userId, ...parts, from: parts.from.optional(), to: parts.to.optional() });
export type PreviewInput = z.output<typeof PreviewInput>;

const iso = z.iso.datetime();
export const Standing = z.enum(["open", "snoozed", "done", "archived"]);
export const Channel = z.enum(["sms", "whatsapp"]);

export const Conversation = z
	.object({
		id: z.string(),
		userId: z.string(),
		number: z.string(),
		peer: z.string(),
		formatted: z.string(),
		/** The contact's name; "" when there is none. */
		peerName: z.string(),
		channel: Channel,
		status: Standing,
		snoozedUntil: iso.nullable(),
		/** The user who looks after it; null: nobody in particular. */
		assignedTo: z.string().nullable(),
		labels: z.array(z.string()),
		unread: z.number().int(),
		lastText: z.string(),
		lastDirection: z.enum(["inbound", "outbound"]),
		lastAt: iso,
		createdAt: iso,
	})
	.meta({ id: "Conversation" });
export type Conversation = z.output<typeof Conversation>;

export const Media = z.object({
	/** Null for an address elsewhere. */
	id: z.string().nullable(),
	/** Signed, for some minutes; an address elsewhere as it was given. */
	url: z.string(),
	mediaType: z.string(),
	filename: z.string(),
});
export type Media = z.output<typeof Media>;

export const Message = z
	.object({
		id: z.string(),
		conversationId: z.string(),
		direction: z.enum(["inbound", "outbound"]),
		from: z.string(),
		to: z.string(),
		channel: Channel,
		body: z.string(),
		media: z.array(Media),
		/** received; or queued, sending, sent, delivered, read, undelivered, failed, canceled; "unknown" while nobody can tell. */
		status: z.string(),
		/** Why it did not arrive; null while it may. */
		error: z.object({ code: z.string(), reason: z.string() }).nullable(),
		canRetry: z.boolean(),
		/** The message that this one is another try of. */
		retryOf: z.string().nullable(),
		/** Who sent it; null for what came in. */
		sentBy: z.string().nullable(),
		segments: z.number().int().nullable(),
		cost: MoneyShape.nullable(),
		createdAt: iso,
	})
	.meta({ id: "Message" });
export type Message = z.output<typeof Message>;

export const Preview = z.object({
	body: z.string(),
	encoding: z.enum(["GSM-7", "UCS-2"]),
	segments: z.number().int(),
	used: z.number().int(),
	perSegment: z.number().int(),
	left: z.number().int(),
	/** What sending it would cost; null without a `to`. */
	cost: MoneyShape.nullable(),
	/** Why it would not be sent: "opted_out" or "country_closed"; null when nothing is in its way. */
	refusal: z.enum(["opted_out", "country_closed"]).nullable(),
});
export type Preview = z.output<typeof Preview>;

export const MessagesQuery = PageQuery.extend({ userId });
export const Done = z.object({ success: z.literal(true) });
