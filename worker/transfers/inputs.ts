import * as z from "zod";

const userId = z.string().max(64).optional();

export const TransferNumbersQuery = z.object({ userId });

/** `callCount`: calls made before the number came here. Later ones are counted. */
export const TransferNumberInput = z.strictObject({
	userId,
	name: z.string().trim().min(1).max(200),
	phoneNumber: z.string().min(1).max(40),
	country: z.string().max(60).optional(),
	description: z.string().trim().max(2_000).nullish(),
	callCount: z.number().int().min(0).max(1_000_000_000).nullish(),
});
export type TransferNumberInput = z.output<typeof TransferNumberInput>;

export const TransferNumber = z.object({
	id: z.string(),
	userId: z.string(),
	name: z.string(),
	phoneNumber: z.string(),
	formatted: z.string(),
	description: z.string(),
	callCount: z.number(),
	createdAt: z.iso.datetime(),
});
export type TransferNumber = z.output<typeof TransferNumber>;

export const Done = z.object({ success: z.literal(true) });
