import * as z from "zod";
import { PageQuery } from "../../http/pages";

const userId = z.string().max(64).optional();

/** `country`: where national numbers belong; without it, the user's own. A column of countries goes before both. */
export const ImportQuery = z.object({ userId, country: z.string().min(1).max(60).optional() });
export const ImportFields = ImportQuery.strict();

export const ImportsQuery = z.object({ userId });
export const ImportErrorsQuery = PageQuery.extend({ userId });

export const Import = z.object({
	importId: z.string(),
	contactListId: z.string(),
	status: z.enum(["running", "done", "failed"]),
	rowsRead: z.number(),
	rowsAdded: z.number(),
	rowsKnown: z.number(),
	rowsBad: z.number(),
	failure: z.string().nullable(),
	/** Until when the whole import can be taken back; null when it no longer can, or has been. */
	undoUntil: z.iso.datetime().nullable(),
	undoneAt: z.iso.datetime().nullable(),
	createdAt: z.iso.datetime(),
	updatedAt: z.iso.datetime(),
});
export type Import = z.output<typeof Import>;

export const ImportError = z.object({
	line: z.number(),
	/** A word for programs. */
	reason: z.string(),
	/** A sentence for people. */
	message: z.string(),
	/** The cell that should have been a phone number. */
	value: z.string(),
	cells: z.array(z.string()),
});
export type ImportError = z.output<typeof ImportError>;

/** Either some rows with another number each, or all rows with one reason; `country`: where national numbers belong. */
export const MendInput = z
	.strictObject({
		userId,
		rows: z
			.array(z.strictObject({ line: z.int().min(1), phoneNumber: z.string().trim().min(1).max(60) }))
			.min(1)
			.max(1_000)
			.optional(),
		reason: z.string().max(40).optional(),
		country: z.string().min(1).max(60).optional(),
	})
	.refine(({ rows, reason }) => (rows === undefined) !== (reason === undefined), {
		path: ["rows"],
		message: "name either rows or a reason",
	});
export type MendInput = z.output<typeof MendInput>;

export const Mended = Import.extend({ mended: z.number(), errors: z.array(ImportError) });
export type Mended = z.output<typeof Mended>;

export const ImportReport = Import.extend({ errors: z.array(ImportError) });
export type ImportReport = z.output<typeof ImportReport>;
