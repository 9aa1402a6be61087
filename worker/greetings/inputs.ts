import * as z from "zod";

const userId = z.string().max(64).optional();

export const GreetingsQuery = z.object({ userId });
export const UploadFields = z.strictObject({ userId });

export const Greeting = z.object({
	id: z.string(),
	userId: z.string(),
	filename: z.string(),
	/** Signed; plays for some minutes. */
	url: z.string(),
	durationSeconds: z.number(),
	mediaType: z.enum(["audio/wav", "audio/mpeg", "audio/ogg"]),
	byteLength: z.number(),
	createdAt: z.iso.datetime(),
});
export type Greeting = z.output<typeof Greeting>;

export const Done = z.object({ success: z.literal(true) });
