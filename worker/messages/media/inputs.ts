import * as z from "zod";

export const UploadFields = z.strictObject({ userId: z.string().max(64).optional() });
/** What was uploaded. Name its `url` among a message's `mediaUrls`. */
export const Upload = z.object({
	id: z.string(),
	/** Signed; shows it for a day. */
	url: z.string(),
	mediaType: z.string(),
	filename: z.string(),
	byteLength: z.number().int(),
});
export type Upload = z.output<typeof Upload>;
