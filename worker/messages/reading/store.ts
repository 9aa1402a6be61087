import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Db, inOneBatch } from "../../db/client";
import { fixed } from "../../db/fixed";
import { conversations, messages } from "../../db/tables";
import { findingConversation } from "../conversations/store";
import type { Channel, MessageRow } from "../store";

export type SentMessage = MessageRow & { own: string; peer: string; channel: Channel };

/** One message of the account with its conversation's addresses; with `reach`, only over that member's numbers. */
export async function findMessage(
	db: Db,
	accountId: string,
	reach: string | null,
	id: string,
): Promise<SentMessage | undefined> {
	const [found] = await db
		.select({ message: messages, own: conversations.ownE164, peer: conversations.peer, channel: conversations.channel })
		.from(messages)
		.innerJoin(conversations, eq(conversations.id, messages.conversationId))
		.where(
			and(
				eq(messages.accountId, accountId),
				eq(messages.id, id),
				reach === null
					? undefined
					: sql`${conversations.ownE164} IN (SELECT e164 FROM numbers WHERE account_id = ${accountId} AND assigned_to = ${reach} AND status = 'active')`,
			),
		);
	return found && { ...found.message, own: found.own, peer: found.peer, channel: found.channel };
}

const reading = fixed<{
	accountId: string;
	conversationId: string;
	reach: string | undefined;
	before: number | undefined;
	most: number;
}>()((db, { accountId, conversationId, reach, before, most }) => [
	findingConversation(db, accountId, reach ?? null, conversationId),
	db
		.select()
		.from(messages)
		.where(
			and(
				eq(messages.accountId, accountId),
				eq(messages.conversationId, conversationId),
				before && lt(messages.seq, before),
			),
		)
		.orderBy(desc(messages.seq))
		.limit(most),
]);

/** A conversation and its messages, latest first. Null when there is no such conversation for the caller. */
export async function messagesPage(
	db: Db,
	accountId: string,
	asked: { conversationId: string; reach: string | null; before: number | undefined; limit: number },
) {
	const { conversationId, reach, before, limit } = asked;
	const asks = { accountId, conversationId, reach: reach ?? undefined, before, most: limit + 1 };
	const [[conversation], rows] = await inOneBatch(db, reading(db, asks));
	return conversation ? { conversation, rows } : null;
}
