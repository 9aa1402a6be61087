import { and, asc, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "../db/client";
import type { Given } from "../db/fixed";
import { outbox } from "../db/tables";

export type OutboxRow = typeof outbox.$inferSelect;

/**
 * What a page is told. Hints only: ids to read again, never what a member of the account may not see. "wallet" is not among them: the
 * ledger writes it by itself, see `tellWallet`.
 */
export type EventType = "message" | "message_status" | "conversation" | "campaign" | "call" | "queue" | "assistant";

/** Everybody in the account. */
export const EVERYBODY = "*";

/**
 * Writes an event down; goes into the batch of the fact that it tells of. Hand the rows that it returns to `tell` after the commit.
 * `accountId` and `payload` (JSON) may be expressions; where the account comes out as NULL nothing happened, and nothing is told.
 * `audience`: who is told besides the account's owner, a user's id or {@link EVERYBODY}; may be an expression, NULL for nobody else.
 * Without it, calls and queues are told to everybody and all else to the owner.
 */
export function publish(
	db: Db,
	accountId: string | SQL,
	type: EventType,
	payload: Record<string, unknown> | SQL,
	now: Given<number>,
	audience: string | SQL | null = type === "call" || type === "queue" ? EVERYBODY : null,
) {
	const json = "getSQL" in payload ? (payload as SQL) : sql`${JSON.stringify(payload)}`;
	return db
		.insert(outbox)
		.select(
			sql`SELECT NULL, whose.id, ${type}, ${json}, ${now}, NULL, ${audience} FROM (SELECT ${accountId} AS id) whose WHERE whose.id IS NOT NULL`,
		)
		.returning();
}

/** The events after one, oldest first; and whether that one is still known. */
export async function eventsAfter(
	db: Db,
	accountId: string,
	since: number,
	limit: number,
): Promise<{ known: boolean; events: OutboxRow[] }> {
	const ofAccount = eq(outbox.accountId, accountId);
	const [[last], events] = await db.batch([
		db
			.select({ seq: outbox.seq })
			.from(outbox)
			.where(and(ofAccount, eq(outbox.seq, since))),
		db
			.select()
			.from(outbox)
			.where(and(ofAccount, gt(outbox.seq, since)))
			.orderBy(asc(outbox.seq))
			.limit(limit),
	]);
	return { known: last !== undefined, events };
}

/** The id of the latest event; 0 when there was none. */
export async function latestEvent(db: Db, accountId: string): Promise<number> {
	const [row] = await db
		.select({ seq: outbox.seq })
		.from(outbox)
		.where(eq(outbox.accountId, accountId))
		.orderBy(desc(outbox.seq))
		.limit(1);
	return row?.seq ?? 0;
}

/** Takes the account's note that its wallet has moved, for whoever is about to send it. */
export function takeWalletEvent(db: Db, accountId: string, now: number) {
	return db
		.update(outbox)
		.set({ sentAt: now })
		.where(sql`${outbox.accountId} = ${accountId} AND ${outbox.type} = 'wallet' AND ${outbox.sentAt} IS NULL`)
		.returning();
}

/** The same of a campaign that has moved. */
export function takeCampaignEvent(db: Db, campaignId: string, now: number) {
	return db
		.update(outbox)
		.set({ sentAt: now })
		.where(
			sql`${outbox.payload} = ${JSON.stringify({ campaignId })} AND ${outbox.type} = 'campaign' AND ${outbox.sentAt} IS NULL`,
		)
		.returning();
}

export async function markSent(db: Db, events: readonly OutboxRow[], now: number): Promise<void> {
	const seqs = events.map(({ seq }) => seq);
	await db
		.update(outbox)
		.set({ sentAt: now })
		.where(inArray(outbox.seq, sql`(SELECT value FROM json_each(${JSON.stringify(seqs)}))`));
}

/** For the cron: what was written before a moment and never sent. */
export function unsentAnyAccount(db: Db, before: number, limit: number): Promise<OutboxRow[]> {
	return db
		.select()
		.from(outbox)
		.where(sql`${outbox.sentAt} IS NULL AND ${outbox.createdAt} < ${before}`)
		.orderBy(asc(outbox.createdAt))
		.limit(limit);
}

/** For the cron: nobody asks for these any more. */
export async function pruneAnyAccount(db: Db, before: number, limit: number): Promise<void> {
	await db.run(sql`DELETE FROM outbox WHERE seq IN
		(SELECT seq FROM outbox WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit})`);
}

export interface Audience {
	found: boolean;
	/** Who sees it besides the owner. */
	audience: string | null;
}

/** Who may see a conversation of the account: the owner, and the member who has its number. */
export async function audienceOfConversation(db: Db, accountId: string, conversationId: string): Promise<Audience> {
	const [row] = await db.all<{ audience: string | null }>(sql`
		SELECT (SELECT assigned_to FROM numbers n WHERE n.account_id = c.account_id AND n.e164 = c.own_e164 AND n.status = 'active') AS audience
		FROM conversations c WHERE c.account_id = ${accountId} AND c.id = ${conversationId}`);
	return { found: row !== undefined, audience: row?.audience ?? null };
}
