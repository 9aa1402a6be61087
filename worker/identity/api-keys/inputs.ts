import * as z from "zod";
import { line } from "../inputs";
import { SCOPES } from "./scopes";

export const Scopes = z.array(z.enum(SCOPES));

export const KeyInput = z.strictObject({
	name: line(60).min(1),
	scopes: Scopes.min(1).transform((scopes) => [...new Set(scopes)]),
	expiresAt: z.iso
		.datetime({ offset: true })
		.transform((text) => Date.parse(text))
		.refine((at) => at > Date.now(), "must be in the future")
		.nullable()
		.optional(),
});
export type KeyInput = z.output<typeof KeyInput>;

export const KeyShape = z.object({
	id: z.string(),
	userId: z.string(),
	name: z.string(),
	hint: z.string(),
	scopes: Scopes,
	createdAt: z.string(),
	expiresAt: z.string().nullable(),
	lastUsedAt: z.string().nullable(),
});

/** The key itself is told once. */
export const NewKeyShape = KeyShape.extend({ key: z.string() });
