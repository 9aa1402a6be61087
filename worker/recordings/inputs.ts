import * as z from "zod";
import { PageQuery } from "../http/pages";

const userId = z.string().max(64).optional();
const count = z.int().min(0);

export const OfCall = z.object({ callId: z.string().min(1).max(64) });
export const VoicemailQuery = PageQuery.extend({ userId, unheard: z.enum(["true", "false"]).optional() });

/** Where a recording can be heard, by whoever has the address, until its time is over. */
export const RecordingUrl = z
	.object({
		id: z.string(),
		callId: z.string(),
		kind: z.enum(["call", "voicemail"]),
		url: z.url(),
		expiresAt: z.iso.datetime(),
		mediaType: z.string(),
		duration: count,
		transcript: z.string().nullable(),
	})
	.meta({ id: "RecordingUrl" });

export const Voicemail = z
	.object({
		id: z.string(),
		callId: z.string(),
		from: z.string(),
		fromFormatted: z.string(),
		to: z.string(),
		name: z.string().nullable(),
		duration: count,
		transcript: z.string().nullable(),
		heard: z.boolean(),
		/** Signed; null while the bytes are still on their way here. */
		url: z.string().nullable(),
		createdAt: z.iso.datetime(),
	})
	.meta({ id: "Voicemail" });
export type Voicemail = z.output<typeof Voicemail>;

export const VoiceSettings = z
	.object({
		recordCalls: z.boolean(),
		/** Said before a call that is recorded; never empty while calls are. */
		announcement: z.string(),
		/** Has the carrier write down what is said after the tone. */
		transcribe: z.boolean(),
		/** After so many days recordings go; null: they stay. */
		retentionDays: z.int().nullable(),
	})
	.meta({ id: "VoiceSettings" });

export const VoiceSettingsChange = z.strictObject({
	userId,
	recordCalls: z.boolean().optional(),
	announcement: z.string().trim().min(1).max(500).optional(),
	transcribe: z.boolean().optional(),
	retentionDays: z.int().min(1).max(3_650).nullable().optional(),
});
export type VoiceSettingsChange = z.output<typeof VoiceSettingsChange>;

export const Done = z.object({ success: z.literal(true) });
