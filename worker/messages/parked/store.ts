import { eq, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import type { GivenEach } from "../../db/fixed";
import { parkedMessages } from "../../db/tables";
import type { Received } from "../store";

/** Sets a message aside that found no conversation: its number is nobody's here, or not yet. Comes after the message itself. */
export function parkUnlessKept(db: Db, { id, carrierRef, own, form, now }: GivenEach<Received>): Statement {
	return db.run(sql`INSERT INTO parked_messages (carrier_ref, own_e164, form, received_at)
		SELECT ${carrierRef}, ${own}, ${form}, ${now}
		WHERE NOT EXISTS (SELECT 1 FROM messages WHERE id = ${id}) ON CONFLICT DO NOTHING`);
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
