import { and, asc, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { fixed } from "../../db/fixed";
import { notices, users } from "../../db/tables";

export type NoticeRow = typeof notices.$inferSelect;

export interface NewNotice {
	kind: string;
	/** With `kind` the matter: it is told once. */
	ref: string;
	detail: Record<string, unknown>;
	now: number;
}

export function addNotice(db: Db, accountId: string, { kind, ref, detail, now }: NewNotice): Statement {
	return db.insert(notices).values({ accountId, kind, ref, detail, createdAt: now }).onConflictDoNothing();
}

/** Tells every account that `matters` selects (`account_id`, `ref`, `detail` as JSON), once per matter. */
export function addNotices(db: Db, kind: string, matters: SQL, now: number): Statement {
	return db.run(sql`INSERT INTO notices (account_id, kind, ref, detail, created_at)
		SELECT account_id, ${kind}, ref, detail, ${now} FROM (${matters}) WHERE 1 ON CONFLICT DO NOTHING`);
}

const newest = fixed<{ accountId: string; before: number | undefined; most: number }>()(
	(db, { accountId, before, most }) =>
		db
			.select()
			.from(notices)
			.where(and(eq(notices.accountId, accountId), before && lt(notices.seq, before)))
			.orderBy(desc(notices.seq))
			.limit(most),
);

/** An account's notices, newest first. */
export function listNotices(db: Db, accountId: string, most: number, before: number | undefined) {
	return newest(db, { accountId, before, most });
}

/** Marks a notice as read; false when it is not there. */
export async function readNotice(db: Db, accountId: string, seq: number, now: number): Promise<boolean> {
	const rows = await db
		.update(notices)
		.set({ readAt: sql`coalesce(read_at, ${now})` })
		.where(and(eq(notices.accountId, accountId), eq(notices.seq, seq)))
		.returning({ seq: notices.seq });
	return rows.length > 0;
}

/** Notices that have not been mailed, oldest first, with whom to write to. */
export function unmailedAnyAccount(db: Db, limit: number) {
	return db
		.select({
			seq: notices.seq,
			kind: notices.kind,
			detail: notices.detail,
			email: users.email,
			wants: users.notifications,
		})
		.from(notices)
		.innerJoin(users, eq(users.id, notices.accountId))
		.where(isNull(notices.mailedAt))
		.orderBy(asc(notices.seq))
		.limit(limit);
}

export function markMailed(db: Db, seqs: number[], now: number) {
	return db
		.update(notices)
		.set({ mailedAt: now })
		.where(sql`${notices.seq} IN (SELECT value FROM json_each(${JSON.stringify(seqs)}))`);
}
