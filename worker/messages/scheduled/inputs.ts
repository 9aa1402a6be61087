import * as z from "zod";
import { PageQuery } from "../../http/pages";
import { Channel, Media, MessageText } from "../inputs";

const userId = z.string().max(64).optional();
const iso = z.iso.datetime();

export const ScheduledQuery = PageQuery.extend({ userId, conversationId: z.string().max(64).optional() });

export const ScheduledMessage = z
	.object({
		id: z.string(),
		from: z.string(),
		to: z.string(),
		channel: Channel,
		body: z.string(),
		media: z.array(Media),
		sendAt: iso,
		state: z.enum(["waiting", "sending", "sent", "failed", "canceled"]),
		/** Why it was not sent. */
		reason: z.string().nullable(),
		/** The message that it became. */
		messageId: z.string().nullable(),
		/** Who wanted it sent. */
		scheduledBy: z.string(),
		createdAt: iso,
	})
	.meta({ id: "ScheduledMessage" });
export type ScheduledMessage = z.output<typeof ScheduledMessage>;

/** null: the usual words; "": nothing. */
export const SettingsChange = z.strictObject({ userId, helpText: MessageText.max(320).nullable() });
export const MessageSettings = z.object({
	helpText: z.string().nullable(),
	/** What HELP is answered with now; "" when nothing is, or the carrier does it. */
	effectiveHelpText: z.string(),
});
export type MessageSettings = z.output<typeof MessageSettings>;
