import { and, desc, eq, lt, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { Db } from "../db/client";
import { calls, users } from "../db/tables";
import type { CallEntry } from "./leg";

export type CallRow = typeof calls.$inferSelect;

/** Writes a finished call into its person's log, once. An identity that nobody has has no log. */
export async function addCallAnyAccount(db: Db, entry: CallEntry): Promise<void> {
	const seconds = entry.answeredAt === null ? 0 : Math.round((entry.endedAt - entry.answeredAt) / 1000);
	await db.run(sql`
		INSERT INTO ${calls} (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity,
			peer_name, status, started_at, answered_at, ended_at, duration_seconds)
		SELECT ${`call_${ulid(entry.startedAt)}`}, account_id, id, ${entry.call}, 'browser', ${entry.direction},
			iif(${entry.direction} = 'outbound', coalesce(personal_e164, ${entry.from}), ${entry.from}),
			iif(${entry.direction} = 'inbound', coalesce(personal_e164, ${entry.to}), ${entry.to}),
			${entry.peerIdentity}, ${entry.peerName}, ${entry.status}, ${entry.startedAt}, ${entry.answeredAt},
			${entry.endedAt}, ${Math.max(0, seconds)}
		FROM ${users} WHERE care4w_id = ${entry.identity}
		ON CONFLICT (user_id, call_ref) DO NOTHING`);
}

/** A person's calls, the latest first, after the one with id `before`. */
export function callsPage(
	db: Db,
	accountId: string,
	userId: string,
	{ before, limit }: { before: string | undefined; limit: number },
) {
	return db
		.select()
		.from(calls)
		.where(
			and(
				eq(calls.accountId, accountId),
				eq(calls.userId, userId),
				before === undefined ? undefined : lt(calls.id, before),
			),
		)
		.orderBy(desc(calls.id))
		.limit(limit + 1);
}

export async function callById(db: Db, accountId: string, userId: string, id: string): Promise<CallRow | undefined> {
	const [found] = await db
		.select()
		.from(calls)
		.where(and(eq(calls.id, id), eq(calls.accountId, accountId), eq(calls.userId, userId)));
	return found;
}
