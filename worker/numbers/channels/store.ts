import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { channels, numbers } from "../../db/tables";
import type { NumberRow } from "../store";

export type ChannelRow = typeof channels.$inferSelect;

export interface ChannelOfNumber {
	channel: ChannelRow;
	number: NumberRow;
}
// A literal, or the partial indexes do not serve.
const active = sql`${channels.status} = 'active'`;

/** The account's channels, newest first; with `userId` those on numbers of that sub-account. Two plain reads, one round trip. */
export async function listChannels(db: Db, accountId: string, userId: string | null): Promise<ChannelOfNumber[]> {
	const [found, owned] = await db.batch([
		db
			.select()
			.from(channels)
			.where(and(eq(channels.accountId, accountId), active))
			.orderBy(desc(channels.id)),
		db
			.select()
			.from(numbers)
			.where(
				and(
					eq(numbers.accountId, accountId),
					inArray(numbers.status, ["active", "releasing"]),
					userId === null ? undefined : eq(numbers.assignedTo, userId),
				),
			),
	]);
	const byId = new Map(owned.map((number) => [number.id, number]));
	return found.flatMap((channel) => {
		const number = byId.get(channel.numberId);
		return number ? [{ channel, number }] : [];
	});
}

function channelById(db: Db, accountId: string, userId: string | null, id: string) {
	return db
		.select({ channel: channels, number: numbers })
		.from(channels)
		.innerJoin(numbers, eq(numbers.id, channels.numberId))
		.where(
			and(
				eq(channels.accountId, accountId),
				eq(channels.id, id),
				active,
				userId === null ? undefined : eq(numbers.assignedTo, userId),
			),
		);
}

/** One channel with its number; null when it is not there for this account or sub-account. */
export async function findChannel(
	db: Db,
	accountId: string,
	userId: string | null,
	id: string,
): Promise<ChannelOfNumber | null> {
	const [found] = await channelById(db, accountId, userId, id);
	return found ?? null;
}

/** Changes a channel and gives it with its number, in one batch. Null when it is not there for this account or sub-account. */
export async function changeChannel(
	db: Db,
	accountId: string,
	userId: string | null,
	id: string,
	change: { name?: string | undefined; type?: ChannelRow["type"] | undefined },
): Promise<ChannelOfNumber | null> {
	const mine = userId === null ? undefined : sql`number_id IN (SELECT id FROM numbers WHERE assigned_to = ${userId})`;
	const [[channel], [number]] = await db.batch([
		db
			.update(channels)
			.set({ name: change.name ?? sql`name`, type: change.type ?? sql`type` })
			.where(and(eq(channels.accountId, accountId), eq(channels.id, id), active, mine))
			.returning(),
		db
			.select()
			.from(numbers)
			.where(
				and(eq(numbers.accountId, accountId), sql`${numbers.id} = (SELECT number_id FROM channels WHERE id = ${id})`),
			),
	]);
	return channel && number ? { channel, number } : null;
}

export function addChannel(db: Db, channel: ChannelRow): Statement {
	return db.insert(channels).values(channel);
}

/** Ends the channels of a number that is given back. */
export function endChannels(db: Db, accountId: string, numberId: string): Statement {
	return db
		.update(channels)
		.set({ status: "deleted" })
		.where(and(eq(channels.numberId, numberId), eq(channels.accountId, accountId)));
}
