import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import type { Given, GivenEach } from "../db/fixed";
import { type conversations, messageEvents, messages } from "../db/tables";
import type { PricedItem } from "../wallet/store";
import { openingConversation } from "./conversations/store";
import { mediaAsKept } from "./media/store";
import { parkUnlessKept } from "./parked/store";

export type MessageRow = typeof messages.$inferSelect;
/** What messages are paid by. */
export type MessageItem = Exclude<PricedItem, "number_month" | "call_minute" | "assistant_minute">;
export type Channel = (typeof conversations.$inferSelect)["channel"];
/** A file that is kept here, or an address elsewhere. */
export type MediaRef = { id: string; mediaType: string; filename: string } | { url: string };

/** What the carrier handed over, read. */
export interface Received {
	id: string;
	conversationId: string;
	carrierRef: string;
	own: string;
	peer: string;
	channel: Channel;
	body: string;
	/** JSON of {@link MediaRef}s. */
	media: string;
	consent: MessageRow["consent"];
	/** As it came, as JSON. */
	form: string;
	now: number;
}

/** What a message that came before breaks; the whole batch is then without effect. */
export const SEEN_BEFORE = "messages.carrier_ref";
/** What a callback that came before breaks. */
export const HEARD_BEFORE = "message_events.event_key";

const owner = (e164: Given<string>) =>
	sql`numbers WHERE e164 = ${e164} AND status IN ('pending', 'active', 'releasing') AND status <> 'pending'`;

/** Keeps a message in its conversation, which is opened if need be; or aside, when nobody here has the number. */
export function receivingByNumberAnyAccount(db: Db, got: GivenEach<Received>) {
	const { own, peer, channel, now } = got;
	return [
		openingConversation(db, owner(own), { id: got.conversationId, peer, channel, now }),
		db.run(sql`INSERT INTO messages (id, account_id, conversation_id, direction, body, media, status, carrier_ref, consent, created_at)
			SELECT ${got.id}, c.account_id, c.id, 'inbound', ${got.body}, ${got.media}, 'received',
				${got.carrierRef}, ${got.consent}, ${now}
			FROM conversations c WHERE c.account_id = (SELECT account_id FROM ${owner(own)})
				AND c.own_e164 = ${own} AND c.peer = ${peer} AND c.channel = ${channel}`),
		parkUnlessKept(db, got),
	] as const;
}

export interface Hint {
	account: SQL;
	payload: SQL;
	audience: SQL;
}

/** Whose a message is, what its pages are told, and who besides the owner is. The account is NULL when it was set aside. */
export function hintOf(messageId: Given<string | null> | SQL): Hint {
	return {
		account: sql`(SELECT account_id FROM messages WHERE id = ${messageId})`,
		payload: sql`(SELECT json_object('messageId', id, 'conversationId', conversation_id, 'direction', direction, 'status', status)
			FROM messages WHERE id = ${messageId})`,
		audience: audienceOf(sql`(SELECT conversation_id FROM messages WHERE id = ${messageId})`),
	};
}

/** The message with this reference of the carrier, as an expression. */
export function messageByRefAnyAccount(carrierRef: string): SQL {
	return sql`(SELECT id FROM messages WHERE carrier_ref = ${carrierRef})`;
}

/** The same, but only if this very callback moved it. */
export function hintIfMoved(messageId: Given<string | null>, eventKey: Given<string>): Hint {
	return {
		...hintOf(messageId),
		account: sql`(SELECT account_id FROM messages WHERE id = ${messageId} AND event_key = ${eventKey})`,
	};
}

/** Who besides the owner sees a conversation: the member who has its number. */
export function audienceOf(conversationId: SQL | string): SQL {
	return sql`(SELECT n.assigned_to FROM conversations c JOIN numbers n
		ON n.account_id = c.account_id AND n.e164 = c.own_e164 AND n.status = 'active' WHERE c.id = ${conversationId})`;
}

export interface Outgoing {
	id: string;
	operationId: string;
	conversationId: string;
	accountId: string;
	userId: string;
	own: string;
	peer: string;
	channel: Channel;
	body: string;
	media: MediaRef[];
	segments: number;
	retryOf: string | null;
	now: number;
}

/** Writes a message down that is about to be sent, in its conversation, which is opened if need be. The second statement returns it. */
export function sending(db: Db, out: Outgoing) {
	const { id, accountId, own, peer, channel, now } = out;
	const held = sql`numbers WHERE account_id = ${accountId} AND e164 = ${own} AND status = 'active'`;
	return [
		openingConversation(db, held, { id: out.conversationId, peer, channel, now }),
		db
			.insert(messages)
			.values({
				id,
				accountId,
				conversationId: sql<string>`(SELECT id FROM conversations WHERE account_id = ${accountId} AND own_e164 = ${own}
					AND peer = ${peer} AND channel = ${channel})`,
				direction: "outbound",
				body: out.body,
				media: mediaAsKept(accountId, out.media),
				status: "queued",
				createdAt: now,
				userId: out.userId,
				segments: out.segments,
				retryOf: out.retryOf,
				operationId: out.operationId,
			})
			.returning(),
	] as const;
}

/** The carrier has taken it. What a callback has told meanwhile goes further than the carrier's first word. */
export function accepted(
	db: Db,
	accountId: string,
	id: string,
	taken: { carrierRef: string; status: string; rank: number; segments: number },
) {
	const { carrierRef, status, rank, segments } = taken;
	return db
		.update(messages)
		.set({
			carrierRef: sql`coalesce(carrier_ref, ${carrierRef})`,
			status: sql`iif(status_rank < ${rank}, ${status}, status)`,
			statusRank: sql`max(status_rank, CAST(${rank} AS INTEGER))`,
			segments,
			costMicros: sql`(SELECT unit_micros * units_charged FROM usages WHERE ref = ${id})`,
		})
		.where(and(eq(messages.accountId, accountId), eq(messages.id, id)))
		.returning();
}

/** The carrier has certainly not taken it. */
export function refused(db: Db, accountId: string, id: string, failure: { errorCode: string; rank: number }) {
	return db
		.update(messages)
		.set({ status: "failed", statusRank: failure.rank, errorCode: failure.errorCode, costMicros: 0 })
		.where(and(eq(messages.accountId, accountId), eq(messages.id, id)))
		.returning();
}

/** Nobody can tell whether the carrier has it, unless a callback just has. */
export function unclear(db: Db, accountId: string, id: string): Statement {
	return db
		.update(messages)
		.set({ status: "unknown" })
		.where(and(eq(messages.accountId, accountId), eq(messages.id, id), eq(messages.statusRank, 0)));
}

export interface HeardStatus {
	messageId: string | null;
	carrierRef: string;
	eventKey: string;
	status: string;
	rank: number;
	errorCode: string | null;
	now: number;
}

/**
 * Keeps what the carrier told, once (breaks {@link HEARD_BEFORE} the second time), and moves the message on when it is news. The message
 * is the one that the callback's address names; one that nobody here knows is kept all the same.
 */
export function hearingStatusAnyAccount(db: Db, heard: GivenEach<HeardStatus>) {
	const { messageId, carrierRef, eventKey, status, rank, errorCode, now } = heard;
	return [
		db
			.insert(messageEvents)
			.select(
				sql`SELECT NULL, ${eventKey}, (SELECT account_id FROM messages WHERE id = ${messageId}), ${messageId}, ${status}, ${errorCode}, ${now}`,
			),
		db
			.update(messages)
			.set({
				status: sql`${status}`,
				statusRank: sql`${rank}`,
				errorCode: sql`${errorCode}`,
				eventKey: sql`${eventKey}`,
				carrierRef: sql`${carrierRef}`,
			})
			.where(
				and(
					sql`${messages.id} = ${messageId}`,
					sql`${messages.statusRank} < ${rank}`,
					sql`(${messages.carrierRef} IS NULL OR ${messages.carrierRef} = ${carrierRef})`,
				),
			),
	];
}

/** For the completer and the cron: which of these references are of messages that are here or set aside. */
export async function knownRefsAnyAccount(db: Db, refs: readonly string[]): Promise<Set<string>> {
	const json = JSON.stringify(refs);
	const rows = await db.all<{ ref: string }>(sql`
		SELECT carrier_ref AS ref FROM messages WHERE carrier_ref IN (SELECT value FROM json_each(${json}))
		UNION ALL SELECT carrier_ref FROM parked_messages WHERE carrier_ref IN (SELECT value FROM json_each(${json}))`);
	return new Set(rows.map(({ ref }) => ref));
}
