import * as z from "zod";
import { PageQuery } from "../../http/pages";

const userId = z.string().max(64).optional();
const words = z.array(z.string().trim().min(1).max(64)).min(1).max(100);
const name = z.string().trim().min(1).max(200);

/** Whom a segment holds: whoever meets everything that it names. Of several countries, tags, lists or zones one is enough. */
export const Filter = z.strictObject({
	countries: z
		.array(z.string().regex(/^[A-Z]{2}$/, "must be a country code such as US"))
		.min(1)
		.max(250)
		.optional(),
	tags: words.optional(),
	contactListIds: words.optional(),
	timeZones: words.optional(),
	hasConsent: z.boolean().optional(),
	/** A custom field that is exactly this. */
	field: z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(1_000) }).optional(),
	addedSince: z.iso.datetime({ offset: true }).optional(),
});
export type Filter = z.output<typeof Filter>;

export const SegmentInput = z.strictObject({ userId, name, filter: Filter });
export type SegmentInput = z.output<typeof SegmentInput>;
export const SegmentChange = z.strictObject({ userId, name: name.optional(), filter: Filter.optional() });
export type SegmentChange = z.output<typeof SegmentChange>;
export const SegmentQuery = z.object({ userId });
export const SegmentPage = PageQuery.extend({ userId });

export const Segment = z
	.object({
		id: z.string(),
		userId: z.string(),
		name: z.string(),
		filter: Filter,
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: "Segment" });
export type Segment = z.output<typeof Segment>;

/** Tags to put on and take off, on some contacts or on a whole list. */
export const TagsInput = z
	.strictObject({
		userId,
		contactIds: z.array(z.string().max(64)).min(1).max(1_000).optional(),
		contactListId: z.string().max(64).optional(),
		add: z.array(z.string().trim().min(1).max(64)).max(20).default([]),
		remove: z.array(z.string().trim().min(1).max(64)).max(20).default([]),
	})
	.refine(({ contactIds, contactListId }) => (contactIds === undefined) !== (contactListId === undefined), {
		path: ["contactIds"],
		message: "name either contacts or a list",
	});
export type TagsInput = z.output<typeof TagsInput>;
