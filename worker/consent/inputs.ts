import * as z from "zod";
import { PageQuery } from "../http/pages";

const userId = z.string().max(64).optional();
export const SilenceScope = z.enum(["all", "calls", "messages"]);

/** `country`: where a national number belongs; without it, the user's own. */
export const DoNotCallInput = z.strictObject({
	userId,
	phoneNumber: z.string().min(1).max(40),
	country: z.string().max(60).optional(),
	scope: SilenceScope.default("all"),
	note: z.string().trim().max(500).default(""),
});
export type DoNotCallInput = z.output<typeof DoNotCallInput>;

export const DoNotCallsQuery = PageQuery.extend({ userId });
export const DoNotCallQuery = z.object({ userId });

/** An entry's id: its number, with ":calls" or ":messages" behind when it is for one of them only. */
export const EntryId = z
	.string()
	.max(40)
	.regex(/^\+?[1-9][0-9]{4,15}(:(all|calls|messages))?$/)
	.transform((id) => {
		const [number = "", scope] = id.split(":");
		return { e164: number.startsWith("+") ? number : `+${number}`, scope: SilenceScope.catch("all").parse(scope) };
	});
export type EntryId = z.output<typeof EntryId>;

export const ImportQuery = z.object({
	userId,
	country: z.string().min(1).max(60).optional(),
	scope: SilenceScope.optional(),
});
export const ImportFields = ImportQuery.strict();

export const DoNotCall = z.object({
	id: z.string(),
	userId: z.string(),
	phoneNumber: z.string(),
	formatted: z.string(),
	scope: SilenceScope,
	/** "do_not_call" for the owner's own entries; otherwise how the person said it. */
	source: z.string(),
	/** False while the person wants the silence: only the person can end that. */
	removable: z.boolean(),
	createdAt: z.iso.datetime(),
});
export type DoNotCall = z.output<typeof DoNotCall>;

export const ConsentEvent = z.object({
	action: z.enum(["stop", "start"]),
	scope: SilenceScope,
	source: z.string(),
	evidence: z.string(),
	createdAt: z.iso.datetime(),
});

export const DoNotCallWithHistory = DoNotCall.extend({ history: z.array(ConsentEvent) });

export const DoNotCallReport = z.object({
	rowsRead: z.number(),
	rowsAdded: z.number(),
	rowsKnown: z.number(),
	rowsBad: z.number(),
	errors: z.array(
		z.object({
			line: z.number(),
			reason: z.string(),
			message: z.string(),
			value: z.string(),
			/** The whole row. */
			cells: z.array(z.string()),
		}),
	),
});
export type DoNotCallReport = z.output<typeof DoNotCallReport>;

export const Done = z.object({ success: z.literal(true) });
