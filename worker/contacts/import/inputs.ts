import * as z from "zod";
import { PageQuery } from "../../http/pages";
import { CHOICES, type Choice } from "./columns";

const userId = z.string().max(64).optional();

const isChoice = (word: string): word is Choice => CHOICES.some((choice) => choice === word);

/** "phone,firstName,custom,ignore": one word per column, in their order. All but tags, custom and ignore at most once. */
const ChosenColumns = z
	.string()
	.max(4_000)
	.transform((text, context) => {
		const words = text.split(",").map((word) => word.trim());
		const columns = words.filter(isChoice);
		const once = columns.filter((word) => word !== "tags" && word !== "custom" && word !== "ignore");
		const problem =
			columns.length < words.length
				? `each must be one of ${CHOICES.join(", ")}`
				: new Set(once).size < once.length
					? "each field but tags may be one column's only"
					: columns.includes("phone")
						? ""
						: "one must be the phone";
		if (problem === "") return columns;
		context.addIssue({ code: "custom", message: problem });
		return z.NEVER;
	});

/**
 * `country`: where national numbers belong; without it, the user's own. A column of countries goes before both. `columns`: what each
 * column holds, and `header`: whether the first row names them; without, both are guessed.
 */
export const ImportQuery = z.object({
	userId,
	country: z.string().min(1).max(60).optional(),
	filename: z.string().max(200).optional(),
	columns: ChosenColumns.optional(),
	header: z.enum(["true", "false"]).optional(),
});
export const ImportFields = ImportQuery.strict();

export const ImportsQuery = z.object({ userId });
export const PastImportsQuery = PageQuery.extend({ userId });
export const ImportErrorsQuery = PageQuery.extend({ userId });

export const Import = z.object({
	importId: z.string(),
	contactListId: z.string(),
	/** "" when nobody said. */
	filename: z.string(),
	status: z.enum(["running", "done", "failed"]),
	rowsRead: z.number(),
	rowsAdded: z.number(),
	rowsKnown: z.number(),
	rowsBad: z.number(),
	/** The bad rows that are kept for mending, by reason. */
	reasons: z.array(z.object({ reason: z.string(), message: z.string(), count: z.number() })),
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

export const PastImport = Import.extend({ listName: z.string() });
export type PastImport = z.output<typeof PastImport>;

/** The first rows of a file, to be told what its columns seem to hold. */
export const Sample = z.strictObject({
	userId,
	rows: z
		.array(z.array(z.string().max(1_000)).max(500))
		.min(1)
		.max(50),
});
export type Sample = z.output<typeof Sample>;

export const Guess = z.object({
	/** Whether the first row names the columns. */
	header: z.boolean(),
	columns: z.array(z.object({ name: z.string(), holds: z.enum(CHOICES) })),
});
export type Guess = z.output<typeof Guess>;

/**
 * Either some rows with another number each, or all rows with one reason behind the line `after`; `country`: where national numbers belong; `dropExtensions`: numbers are
 * read without what stands behind them after "ext".
 */
export const MendInput = z
	.strictObject({
		userId,
		rows: z
			.array(z.strictObject({ line: z.int().min(1), phoneNumber: z.string().trim().min(1).max(60) }))
			.min(1)
			.max(1_000)
			.optional(),
		reason: z.string().max(40).optional(),
		after: z.int().min(0).optional(),
		country: z.string().min(1).max(60).optional(),
		dropExtensions: z.boolean().optional(),
	})
	.refine(({ rows, reason }) => (rows === undefined) !== (reason === undefined), {
		path: ["rows"],
		message: "name either rows or a reason",
	});
export type MendInput = z.output<typeof MendInput>;

/** `nextLine`: there may be more rows with this reason behind it; null when all have been read again. */
export const Mended = Import.extend({
	mended: z.number(),
	nextLine: z.number().nullable(),
	errors: z.array(ImportError),
});
export type Mended = z.output<typeof Mended>;

export const ImportReport = Import.extend({ errors: z.array(ImportError) });
export type ImportReport = z.output<typeof ImportReport>;
