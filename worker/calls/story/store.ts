import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { fixed, type GivenEach } from "../../db/fixed";
import type { CallEntry } from "../../signaling/leg";

export interface Happened {
	kind: string;
	detail?: Record<string, unknown>;
	/** What is told twice under one key is kept once. */
	key?: string;
	now: number;
}

/** A call, by its id or, without one, by what the carrier calls it. */
export interface CallName {
	callId: string | undefined;
	carrierRef: string;
}

/** Of a call: that it is the one with this name. */
export const isNamed = ({ callId, carrierRef }: GivenEach<CallName>): SQL =>
	callId === undefined ? sql`carrier_ref = ${carrierRef}` : sql`id = ${callId}`;

interface Line extends CallName {
	kind: string;
	/** JSON. */
	detail: string;
	key: string | null;
	now: number;
	once: true | undefined;
}

const adding = fixed<Line>()((db, { kind, detail, key, now, once, ...call }) =>
	db.run(sql`INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
		SELECT account_id, id, ${kind}, ${detail}, ${key}, ${now} FROM calls WHERE ${isNamed(call)}
		${once ? sql`ON CONFLICT DO NOTHING` : sql``}`),
);

/**
 * Adds to a call's story. With a key that is there already it breaks {@link SEEN_BEFORE} and takes the batch with it, or adds nothing
 * with `once`.
 */
export function addEventAnyAccount(
	db: Db,
	call: string | CallName,
	{ kind, detail = {}, key, now }: Happened,
	again: "breaks" | "once" = "breaks",
): Statement {
	const name = typeof call === "string" ? { callId: call, carrierRef: "" } : call;
	const line = { kind, detail: JSON.stringify(detail), key: key ?? null, now };
	return adding(db, { ...name, ...line, once: again === "once" || undefined });
}

export const SEEN_BEFORE = "call_events.event_key";

/** Why a call came to nothing, for its story. */
export function noteFailed(db: Db, id: string, why: { reason: string; message: string; now: number }): Statement {
	const { now, ...detail } = why;
	return addEventAnyAccount(db, id, { kind: "failed", detail, now });
}

/** What a browser's room knows of a call between browsers, told once. `again`: its name in the log when its own was taken. */
export function addStoryAnyAccount(db: Db, entry: CallEntry, again: string): Statement {
	return db.run(sql`
		INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
		SELECT c.account_id, c.id, t.value ->> 'kind', t.value -> 'detail', ${`${entry.identity}:${again}:`} || t.key, t.value ->> 'at'
		FROM users u JOIN calls c ON c.user_id = u.id AND c.call_ref IN (${entry.call}, ${again})
			AND c.started_at = ${entry.startedAt}, json_each(${JSON.stringify(entry.story)}) t
		WHERE u.care4w_id = ${entry.identity} ON CONFLICT DO NOTHING`);
}

/** A call comes in: the first line of its story. */
export function addRingingAnyAccount(db: Db, c: GivenEach<{ carrierRef: string; now: number }>): Statement {
	return db.run(sql`INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
			SELECT account_id, id, 'ringing', json_object('from', from_address, 'to', to_address), ${c.carrierRef} || ':incoming', ${c.now}
			FROM calls WHERE carrier_ref = ${c.carrierRef} ON CONFLICT DO NOTHING`);
}
