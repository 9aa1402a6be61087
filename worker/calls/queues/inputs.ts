import * as z from "zod";

const userId = z.string().max(64).optional();
const id = z.string().min(1).max(64);
const count = z.int().min(0);

export const QueuesQuery = z.object({ userId });

const fields = {
	name: z.string().trim().min(1).max(100),
	/** What those who wait hear; null: quiet music. */
	greetingFileId: id.nullable(),
	/** Who takes calls from it besides the owner. */
	memberIds: z.array(id).max(200),
	maxWaiting: z.int().min(1).max(1_000),
	maxWaitSeconds: z.int().min(10).max(14_400),
	/** Who is answered within so many seconds counts as served. */
	serviceLevelSeconds: z.int().min(1).max(3_600),
	announcePosition: z.boolean(),
};

export const QueueInput = z.strictObject({
	userId,
	...fields,
	greetingFileId: fields.greetingFileId.default(null),
	memberIds: fields.memberIds.default([]),
	maxWaiting: fields.maxWaiting.default(50),
	maxWaitSeconds: fields.maxWaitSeconds.default(900),
	serviceLevelSeconds: fields.serviceLevelSeconds.default(30),
	announcePosition: fields.announcePosition.default(true),
});
export type QueueInput = z.output<typeof QueueInput>;

export const QueueChange = z.strictObject({ userId, ...z.object(fields).partial().shape });
export type QueueChange = z.output<typeof QueueChange>;

export const Queue = z
	.object({
		id: z.string(),
		userId: z.string(),
		...fields,
		/** Who waits now. */
		waiting: count,
		/** Since when the first of them has been waiting. */
		waitingSince: z.string().nullable(),
		/** The last 24 hours. */
		today: z.object({
			entered: count,
			answered: count,
			/** Left, were dropped or timed out before anybody answered. */
			lost: count,
			/** Of those answered or lost, how many per cent were answered in time; null when there were none. */
			serviceLevel: z.number().nullable(),
			averageWaitSeconds: z.number().nullable(),
		}),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: "Queue" });
export type Queue = z.output<typeof Queue>;

export const QueueCall = z
	.object({
		id: z.string(),
		callId: z.string(),
		queueId: z.string(),
		from: z.string(),
		fromFormatted: z.string(),
		name: z.string().nullable(),
		/** `taken`: somebody is being connected. */
		state: z.enum(["waiting", "taken"]),
		takenBy: z.string().nullable(),
		/** 1 is next. */
		position: z.int(),
		waitingSeconds: count,
		enteredAt: z.iso.datetime(),
	})
	.meta({ id: "QueueCall" });
export type QueueCall = z.output<typeof QueueCall>;
