import { type SQL, sql } from "drizzle-orm";
import { type Db, inOneBatch } from "../../db/client";
import { findingConversation } from "../conversations/store";

export type TouchKind = "message" | "note" | "call" | "voicemail";

/** One thing that happened; `id` is its own, and with `at` its place. */
export interface Touch {
	at: number;
	id: string;
	kind: TouchKind;
	/** JSON of what the kind has to say. */
	detail: string;
}

export interface Asked {
	conversationId: string;
	/** The member whose numbers and calls may be seen; null: all of the account's. */
	reach: string | null;
	before: readonly [at: number, id: string] | undefined;
	limit: number;
}

/**
 * A source: what one table knows of a conversation's peer, as rows of (at, id, kind, detail), latest first and at most one more than a
 * page. A room that has more to tell adds a line to {@link SOURCES}; the table needs an index that finds the peer.
 */
type Source = (accountId: string, asked: Asked) => SQL;

const SOURCES: Source[] = [messages, notes, calls, voicemails];

function messages(accountId: string, asked: Asked): SQL {
	return latest(
		asked,
		sql`m.created_at`,
		sql`m.id`,
		sql`'message'`,
		sql`json_object('id', m.id, 'direction', m.direction, 'body', m.body, 'media', json(m.media), 'status', m.status,
			'errorCode', m.error_code, 'retryOf', m.retry_of, 'userId', m.user_id, 'segments', m.segments, 'costMicros', m.cost_micros)`,
		sql`messages m WHERE m.account_id = ${accountId} AND m.conversation_id = ${asked.conversationId}`,
	);
}

function notes(accountId: string, asked: Asked): SQL {
	return latest(
		asked,
		sql`n.created_at`,
		sql`n.id`,
		sql`'note'`,
		sql`json_object('id', n.id, 'body', n.body, 'userId', n.user_id)`,
		sql`conversation_notes n WHERE n.account_id = ${accountId} AND n.conversation_id = ${asked.conversationId}`,
	);
}

/** The peer's calls over the conversation's number, a campaign's among them, and those from browser to browser of whoever asks. */
function calls(accountId: string, asked: Asked): SQL {
	const whose = asked.reach === null ? sql`` : sql`AND (k.own_e164 = c.own_e164 OR k.user_id = ${asked.reach})`;
	return latest(
		asked,
		sql`k.started_at`,
		sql`k.id`,
		sql`'call'`,
		sql`json_object('id', k.id, 'direction', k.direction, 'kind', k.kind, 'status', k.status, 'durationSeconds', k.duration_seconds,
			'answeredBy', k.answered_by, 'campaignId', k.campaign_id, 'costMicros', k.cost_micros,
			'campaignTitle', (SELECT title FROM campaigns WHERE account_id = k.account_id AND id = k.campaign_id))`,
		sql`conversations c CROSS JOIN calls k ON k.account_id = c.account_id AND ${PEER_OF_CALL} = ${PEER}
			WHERE c.account_id = ${accountId} AND c.id = ${asked.conversationId}
				AND k.own_e164 IN (c.own_e164, '') ${whose}`,
	);
}

function voicemails(accountId: string, asked: Asked): SQL {
	const whose = asked.reach === null ? sql`` : sql`AND k.own_e164 = c.own_e164`;
	return latest(
		asked,
		sql`r.created_at`,
		sql`r.id`,
		sql`'voicemail'`,
		sql`json_object('id', r.id, 'callId', r.call_id, 'durationSeconds', r.duration_seconds, 'transcript', r.transcript,
			'heard', json(iif(r.heard_at IS NULL, 'false', 'true')))`,
		sql`conversations c CROSS JOIN calls k ON k.account_id = c.account_id AND ${PEER_OF_CALL} = ${PEER}
			CROSS JOIN recordings r ON r.account_id = k.account_id AND r.call_id = k.id AND r.kind = 'voicemail' AND r.status <> 'deleted'
			WHERE c.account_id = ${accountId} AND c.id = ${asked.conversationId} AND k.own_e164 = c.own_e164 ${whose}`,
	);
}

/** A column would bring its own way of comparing along, and the index of an expression would not serve. */
const PEER = sql`c.peer || ''`;

/** As the index calls_of_peer has it, letter for letter. */
const PEER_OF_CALL = sql`iif(k.direction = 'inbound', k.from_address, k.to_address)`;

function latest({ before, limit }: Asked, at: SQL, id: SQL, kind: SQL, detail: SQL, from: SQL): SQL {
	const older = before === undefined ? sql`` : sql` AND (${at}, ${id}) < (${before[0]}, ${before[1]})`;
	return sql`SELECT * FROM (SELECT ${at} AS at, ${id} AS id, ${kind} AS kind, ${detail} AS detail
		FROM ${from}${older} ORDER BY 1 DESC, 2 DESC LIMIT ${limit + 1})`;
}

/** A conversation and what happened with its peer, latest first, one more than the page holds. Null when it is not the caller's to see. */
export async function timelinePage(db: Db, accountId: string, asked: Asked) {
	const all = sql.join(
		SOURCES.map((source) => source(accountId, asked)),
		sql` UNION ALL `,
	);
	const [[conversation], touches] = await inOneBatch(db, [
		findingConversation(db, accountId, asked.reach, asked.conversationId),
		db.all<Touch>(sql`${all} ORDER BY at DESC, id DESC LIMIT ${asked.limit + 1}`),
	] as const);
	return conversation ? { conversation, touches } : null;
}
