import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { conversations, messages, numbers, parkedMessages } from "../db/tables";

export type ConversationRow = typeof conversations.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;

/** What the carrier handed over, read. */
export interface Received {
	id: string;
	conversationId: string;
	carrierRef: string;
	own: string;
	peer: string;
	channel: ConversationRow["channel"];
	body: string;
	media: string[];
	consent: MessageRow["consent"];
	form: Record<string, unknown>;
	now: number;
}

/** What a message that came before breaks; the whole batch is then without effect. */
export const SEEN_BEFORE = "messages.carrier_ref";

const owner = (e164: string) =>
	sql`numbers WHERE e164 = ${e164} AND status IN ('pending', 'active', 'releasing') AND status <> 'pending'`;

/** Keeps a message in its conversation, which is opened if need be; or aside, when nobody here has the number. */
export function receivingByNumberAnyAccount(db: Db, got: Received): Statement[] {
	const { own, peer, channel, now } = got;
	return [
		db.run(sql`INSERT INTO conversations (id, account_id, own_e164, peer, channel, last_at, created_at)
			SELECT ${got.conversationId}, account_id, e164, ${peer}, ${channel}, ${now}, ${now} FROM ${owner(own)}
			ON CONFLICT (account_id, own_e164, peer, channel) DO NOTHING`),
		db.run(sql`INSERT INTO messages (id, account_id, conversation_id, direction, body, media, status, carrier_ref, consent, created_at)
			SELECT ${got.id}, c.account_id, c.id, 'inbound', ${got.body}, ${JSON.stringify(got.media)}, 'received',
				${got.carrierRef}, ${got.consent}, ${now}
			FROM conversations c WHERE c.account_id = (SELECT account_id FROM ${owner(own)})
				AND c.own_e164 = ${own} AND c.peer = ${peer} AND c.channel = ${channel}`),
		db.run(sql`INSERT INTO parked_messages (carrier_ref, own_e164, form, received_at)
			SELECT ${got.carrierRef}, ${own}, ${JSON.stringify(got.form)}, ${now}
			WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = ${got.id}) ON CONFLICT DO NOTHING`),
	];
}

/** Whose a message is, and what its pages are told; for the event that goes with it. NULL when it was set aside. */
export function hintOf(messageId: string): { account: SQL; payload: SQL } {
	return {
		account: sql`(SELECT account_id FROM messages WHERE id = ${messageId})`,
		payload: sql`(SELECT json_object('messageId', id, 'conversationId', conversation_id) FROM messages WHERE id = ${messageId})`,
	};
}

/** For the cron: messages set aside whose number somebody has by now. */
export function attachableAnyAccount(db: Db, limit: number) {
	return db
		.select()
		.from(parkedMessages)
		.where(sql`EXISTS (SELECT 1 FROM numbers WHERE e164 = ${parkedMessages.ownE164}
			AND status IN ('pending', 'active', 'releasing') AND status <> 'pending')`)
		.limit(limit);
}

export function unpark(db: Db, carrierRef: string): Statement {
	return db.delete(parkedMessages).where(eq(parkedMessages.carrierRef, carrierRef));
}

/** Conversations that somebody may see: all of the account's, or with `reach` those over numbers assigned to that sub-account. */
function visible(accountId: string, reach: string | null) {
	return and(
		eq(conversations.accountId, accountId),
		reach === null
			? undefined
			: sql`${conversations.ownE164} IN (SELECT e164 FROM ${numbers} WHERE account_id = ${accountId} AND assigned_to = ${reach} AND status = 'active')`,
	);
}

/** Latest first; one row more than the page holds. */
export function conversationsPage(
	db: Db,
	accountId: string,
	{ reach, before, limit }: { reach: string | null; before?: readonly [number, string] | undefined; limit: number },
): Promise<ConversationRow[]> {
	return db
		.select()
		.from(conversations)
		.where(
			and(
				visible(accountId, reach),
				before && sql`(${conversations.lastAt}, ${conversations.id}) < (${before[0]}, ${before[1]})`,
			),
		)
		.orderBy(desc(conversations.lastAt), desc(conversations.id))
		.limit(limit + 1);
}

/** A conversation's messages, latest first. Null when there is no such conversation for the caller. */
export async function messagesPage(
	db: Db,
	accountId: string,
	asked: { conversationId: string; reach: string | null; before: number | undefined; limit: number },
): Promise<MessageRow[] | null> {
	const { conversationId, reach, before, limit } = asked;
	const [[found], rows] = await db.batch([
		db
			.select({ id: conversations.id })
			.from(conversations)
			.where(and(visible(accountId, reach), eq(conversations.id, conversationId))),
		db
			.select()
			.from(messages)
			.where(
				and(
					eq(messages.accountId, accountId),
					eq(messages.conversationId, conversationId),
					before === undefined ? undefined : lt(messages.seq, before),
				),
			)
			.orderBy(desc(messages.seq))
			.limit(limit + 1),
	]);
	return found ? rows : null;
}

/** Nothing in it is unread any more. */
export function reading(db: Db, accountId: string, reach: string | null, id: string) {
	return db
		.update(conversations)
		.set({ unread: 0 })
		.where(and(visible(accountId, reach), eq(conversations.id, id)))
		.returning({ id: conversations.id });
}
