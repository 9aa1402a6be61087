import * as z from "zod";
import { PageQuery } from "../http/pages";

/** A message as the carrier hands it over. Unknown parameters are expected. */
export const IncomingForm = z.looseObject({
	MessageSid: z.string().min(1).max(64),
	From: z.string().min(1).max(64),
	To: z.string().min(1).max(64),
	Body: z.string().max(20_000).default(""),
	NumMedia: z.coerce.number().int().min(0).max(100).catch(0),
});
export type IncomingForm = z.output<typeof IncomingForm>;

export const ConversationsQuery = PageQuery.extend({ userId: z.string().max(64).optional() });

const iso = z.iso.datetime();

export const Conversation = z
	.object({
		id: z.string(),
		userId: z.string(),
		number: z.string(),
		peer: z.string(),
		formatted: z.string(),
		channel: z.enum(["sms", "whatsapp"]),
		unread: z.number().int(),
		lastText: z.string(),
		lastAt: iso,
		createdAt: iso,
	})
	.meta({ id: "Conversation" });
export type Conversation = z.output<typeof Conversation>;

export const Message = z
	.object({
		id: z.string(),
		conversationId: z.string(),
		direction: z.enum(["inbound", "outbound"]),
		body: z.string(),
		status: z.string(),
		createdAt: iso,
	})
	.meta({ id: "Message" });
export type Message = z.output<typeof Message>;

export const Done = z.object({ success: z.literal(true) });
