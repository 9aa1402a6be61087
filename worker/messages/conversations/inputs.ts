import * as z from "zod";
import { PageQuery } from "../../http/pages";
import { Conversation, Message, MessageText, Standing } from "../inputs";

const userId = z.string().max(64).optional();
const iso = z.iso.datetime();
const yes = z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1");

export const ConversationsQuery = PageQuery.extend({
	userId,
	/** Where they stand; without it, all that are open. */
	status: z.enum([...Standing.options, "all"]).default("open"),
	unread: yes.default(false),
	/** A user's id, "me", or "nobody". */
	assignedTo: z.string().max(64).optional(),
	label: z.string().min(1).max(40).optional(),
	/** Of the account's own numbers, the one that they are over. */
	number: z.string().max(20).optional(),
	/** Words of messages, or any three letters or digits of a name or number. Looks in all, wherever they stand; other filters do not count. */
	q: z.string().trim().max(200).optional(),
});
export type ConversationsQuery = z.output<typeof ConversationsQuery>;

/** A conversation in a list; found by words, with the message that has them. */
export const ListedConversation = Conversation.extend({
	match: z.object({ messageId: z.string(), text: z.string(), createdAt: iso }).nullable(),
});
export type ListedConversation = z.output<typeof ListedConversation>;

const label = z.string().trim().min(1).max(40);

export const ConversationChange = z
	.strictObject({
		userId,
		/** "snoozed" wants a `snoozedUntil`. */
		status: Standing.optional(),
		snoozedUntil: iso.nullable().optional(),
		/** A user of the account; null: nobody in particular. */
		assignedTo: z.string().max(64).nullable().optional(),
		labels: z.array(label).max(20).optional(),
		unread: z.boolean().optional(),
		/** For those who like it short: true archives, false opens again. */
		archived: z.boolean().optional(),
		/** Writes an internal note along with the change. */
		note: MessageText.pipe(z.string().trim().min(1)).optional(),
	})
	.refine(({ status, snoozedUntil }) => status !== "snoozed" || typeof snoozedUntil === "string", {
		path: ["snoozedUntil"],
		message: "say until when",
	});
export type ConversationChange = z.output<typeof ConversationChange>;

export const NoteInput = z.strictObject({ userId, body: MessageText.pipe(z.string().trim().min(1)) });

export const Note = z.object({
	id: z.string(),
	conversationId: z.string(),
	body: z.string(),
	/** Who wrote it. */
	userId: z.string(),
	createdAt: iso,
});
export type Note = z.output<typeof Note>;

/** A conversation with who is in it: the contact, what they said of being written to, and who has seen it. */
export const ConversationDetail = Conversation.extend({
	contact: z
		.object({
			id: z.string(),
			firstName: z.string(),
			lastName: z.string(),
			email: z.string(),
			notes: z.string(),
			timeZone: z.string().nullable(),
		})
		.nullable(),
	/** Of the peer's number, ISO 3166-1 alpha-2; "" when it does not tell. */
	country: z.string(),
	/** Where it may be now: the contact's own zone, or all in which such a number may be. */
	timeZones: z.array(z.string()),
	consent: z.object({
		/** False: the person wants no messages, or stands on the do-not-call list. */
		messages: z.boolean(),
		calls: z.boolean(),
		/** What was said, latest first, with its proof. */
		history: z.array(
			z.object({ action: z.string(), scope: z.string(), source: z.string(), evidence: z.string(), createdAt: iso }),
		),
	}),
	seenBy: z.array(z.object({ userId: z.string(), name: z.string(), seenAt: iso })),
});
export type ConversationDetail = z.output<typeof ConversationDetail>;

export const LabelCount = z.object({ label: z.string(), count: z.number().int() });
export const TimelineMessage = Message;
