import * as z from "zod";
import { MoneyShape } from "../../wallet/inputs";
import { Note } from "../conversations/inputs";
import { Message } from "../inputs";

const iso = z.iso.datetime();

/** A call with the conversation's peer; `campaign` is set when a campaign placed it. */
export const TimelineCall = z.object({
	id: z.string(),
	direction: z.enum(["inbound", "outbound"]),
	kind: z.string(),
	status: z.string(),
	durationSeconds: z.number(),
	answeredBy: z.string().nullable(),
	campaignId: z.string().nullable(),
	campaignTitle: z.string().nullable(),
	cost: MoneyShape.nullable(),
	startedAt: iso,
});

export const TimelineVoicemail = z.object({
	id: z.string(),
	callId: z.string(),
	durationSeconds: z.number(),
	transcript: z.string().nullable(),
	heard: z.boolean(),
	createdAt: iso,
});

const at = iso;
/** One thing that happened with the peer. `type` says which of the others is there. */
export const TimelineItem = z
	.discriminatedUnion("type", [
		z.object({ type: z.literal("message"), at, message: Message }),
		z.object({ type: z.literal("note"), at, note: Note }),
		z.object({ type: z.literal("call"), at, call: TimelineCall }),
		z.object({ type: z.literal("voicemail"), at, voicemail: TimelineVoicemail }),
	])
	.meta({ id: "TimelineItem" });
export type TimelineItem = z.output<typeof TimelineItem>;
