import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { fixed, type Given } from "../../db/fixed";

/** Something that a carrier said of an attempt. `key` is the same whenever it says it again. */
export interface CarrierEvent {
	key: string;
	attemptId: string;
	kind: string;
	payload: unknown;
	now: number;
}

/** Keeps what a carrier said, once: a repeat violates its key and aborts the whole batch. */
export function keepEvent(db: Db, event: CarrierEvent): Statement {
	return keepOnce(db, { list: JSON.stringify([event]) });
}

/** {@link keepEvent} of many, as a JSON list of them, where a repeat is left out. For effects that a repeat does not change. */
export function keepEvents(db: Db, list: string): Statement {
	return keepNews(db, { list });
}

const keepOnce = fixed<{ list: string }>()((db, its) => db.run(insertEvents(its.list)));
const keepNews = fixed<{ list: string }>()((db, its) => db.run(sql`${insertEvents(its.list)} ON CONFLICT DO NOTHING`));

/** What the carrier is to say again. */
export async function forgetEvent(db: Db, key: string): Promise<void> {
	await db.run(sql`DELETE FROM carrier_events WHERE event_key = ${key}`);
}

function insertEvents(list: Given<string>): SQL {
	return sql`INSERT INTO carrier_events (event_key, account_id, attempt_id, kind, payload, received_at)
		SELECT value ->> 'key', (SELECT account_id FROM attempts WHERE id = value ->> 'attemptId'), value ->> 'attemptId',
			value ->> 'kind', value -> 'payload', value ->> 'now'
		FROM json_each(${list}) WHERE true`;
}
