import * as z from "zod";

const userId = z.string().max(64).optional();
const id = z.string().min(1).max(64);

export const RingGroupsQuery = z.object({ userId });

const fields = {
	name: z.string().trim().min(1).max(100),
	/** Whose browsers ring; with `one_by_one` in this order. */
	memberIds: z
		.array(id)
		.min(1)
		.max(20)
		.refine((ids) => new Set(ids).size === ids.length, "names somebody twice"),
	strategy: z.enum(["all", "one_by_one"]),
	/** For how long the group rings; one by one, each of its members. */
	ringSeconds: z.int().min(5).max(120),
};

export const RingGroupInput = z.strictObject({
	userId,
	...fields,
	strategy: fields.strategy.default("all"),
	ringSeconds: fields.ringSeconds.default(25),
});
export type RingGroupInput = z.output<typeof RingGroupInput>;

export const RingGroupChange = z.strictObject({ userId, ...z.object(fields).partial().shape });
export type RingGroupChange = z.output<typeof RingGroupChange>;

export const RingGroup = z
	.object({
		id: z.string(),
		userId: z.string(),
		name: z.string(),
		memberIds: z.array(z.string()),
		strategy: fields.strategy,
		ringSeconds: z.int(),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: "RingGroup" });
export type RingGroup = z.output<typeof RingGroup>;

export const Done = z.object({ success: z.literal(true) });
