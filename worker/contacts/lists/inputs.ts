import * as z from "zod";
import { PageQuery } from "../../http/pages";

const userId = z.string().max(64).optional();
const name = z.string().trim().min(1).max(200);
const description = z.string().trim().max(2_000);

export const ListInput = z.strictObject({ userId, name, description: description.default("") });
export type ListInput = z.output<typeof ListInput>;

export const ListChangeInput = z.strictObject({
	userId,
	name: name.optional(),
	description: description.optional(),
});
export type ListChangeInput = z.output<typeof ListChangeInput>;

export const MembersQuery = PageQuery.extend({ userId });
export const MembersInput = z.strictObject({ userId, contactIds: z.array(z.string().max(64)).min(1).max(1_000) });

export const ContactList = z.object({
	id: z.string(),
	userId: z.string(),
	name: z.string(),
	description: z.string(),
	contactCount: z.number(),
	/** A list whose last import is not done has not all of its file. */
	lastImport: z.object({ id: z.string(), status: z.enum(["running", "done", "failed"]) }).nullable(),
	createdAt: z.iso.datetime(),
	updatedAt: z.iso.datetime(),
});
export type ContactList = z.output<typeof ContactList>;
