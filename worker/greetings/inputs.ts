import * as z from "zod";

const userId = z.string().max(64).optional();

export const GreetingsQuery = z.object({ userId });
export const UploadFields = z.strictObject({ userId });

/** What a signed URL carries: until when, what sort of thing, and the signature. */
export const MediaQuery = z.object({
	e: z.coerce.number().int().positive(),
	k: z.string().max(20),
	s: z.string().max(100),
});
export type MediaQuery = z.output<typeof MediaQuery>;

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
