import * as z from "zod";
import { Country } from "../inputs";

const written = z.string().min(1).max(40);

export const NumberInput = z.strictObject({
	phoneNumber: written,
	/** How to read a number without a country code; the user's own country when it is left out. */
	country: Country.optional(),
	userId: z.string().optional(),
});
export type NumberInput = z.output<typeof NumberInput>;

export const LookupQuery = z.object({
	// An unencoded + arrives as a space.
	phoneNumber: written.transform((text) => text.replace(/^ (?=\d)/, "+").trim()),
	country: Country.optional(),
});
export type LookupQuery = z.output<typeof LookupQuery>;

const enveloped = <Shape extends z.ZodType>(data: Shape) => z.object({ success: z.literal(true), data });

export const Availability = enveloped(z.object({ available: z.boolean(), message: z.string() }));
export const Saved = enveloped(z.object({ personalPhoneNumber: z.string().nullable(), message: z.string() }));
export const Found = enveloped(
	z.union([
		z.object({ exists: z.literal(true), care4wId: z.string(), displayName: z.string() }),
		z.object({ exists: z.literal(false) }),
	]),
);
