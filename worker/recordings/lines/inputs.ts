import * as z from "zod";

const userId = z.string().max(64).optional();

export const LineId = z.object({ id: z.string().min(1).max(64) });

/** Null: as the account has it. */
const fields = {
	recordInbound: z.boolean().nullable(),
	recordOutbound: z.boolean().nullable(),
	/** Whether those on a recorded call are told. In many places they have to be. */
	announce: z.boolean().nullable(),
	announcement: z.string().trim().min(1).max(500).nullable(),
};

export const LineRecordingChange = z.strictObject({ userId, ...z.object(fields).partial().shape });
export type LineRecordingChange = z.output<typeof LineRecordingChange>;

export const LineRecording = z
	.object({
		phoneNumberId: z.string(),
		...fields,
		/** What holds where the line says nothing. */
		account: z.object({ recordCalls: z.boolean(), announcement: z.string() }),
	})
	.meta({ id: "LineRecording" });
export type LineRecording = z.output<typeof LineRecording>;
