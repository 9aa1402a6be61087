import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { notSuppressed } from "../../consent/store";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import { messageSettings, scheduledMessages } from "../../db/tables";

export type ScheduledRow = typeof scheduledMessages.$inferSelect;

export function addScheduled(db: Db, row: typeof scheduledMessages.$inferInsert, media: SQL): Statement {
	return db.insert(scheduledMessages).values({ ...row, media });
}

/** Aborts the batch unless whoever wanted this sent may still send: an active person of an active account. */
export function mustBeActivePerson(db: Db, accountId: string, userId: string): Statement {
	return must(
		db,
		"session_is_live",
		sql`EXISTS (SELECT 1 FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.id = ${userId} AND u.account_id = ${accountId}
			AND u.status = 'active' AND a.status = 'active')`,
	);
}

export interface Wanted {
	/** The member whose numbers' messages may be seen; null: all. */
	reach: string | null;
	conversationId: string | undefined;
	before: string | undefined;
	limit: number;
}

/** What waits and what came of it, latest first; one row more than the page holds. Answers to HELP are not among it. */
export function scheduledPage(
	db: Db,
	accountId: string,
	{ reach, conversationId, before, limit }: Wanted,
): Promise<ScheduledRow[]> {
	return db
		.select()
		.from(scheduledMessages)
		.where(
			and(
				eq(scheduledMessages.accountId, accountId),
				sql`${scheduledMessages.kind} = 'wish'`,
				within(accountId, reach),
				conversationId === undefined
					? undefined
					: sql`(own_e164, peer, channel) = (SELECT own_e164, peer, channel FROM conversations
						WHERE account_id = ${accountId} AND id = ${conversationId})`,
				before === undefined ? undefined : lt(scheduledMessages.id, before),
			),
		)
		.orderBy(desc(scheduledMessages.id))
		.limit(limit + 1);
}

const within = (accountId: string, reach: string | null) =>
	reach === null
		? undefined
		: sql`own_e164 IN (SELECT e164 FROM numbers WHERE account_id = ${accountId} AND assigned_to = ${reach} AND status = 'active')`;

/** Takes a message back that still waits. */
export function canceling(db: Db, accountId: string, reach: string | null, id: string) {
	return db
		.update(scheduledMessages)
		.set({ state: "canceled" })
		.where(
			and(
				eq(scheduledMessages.accountId, accountId),
				eq(scheduledMessages.id, id),
				sql`${scheduledMessages.state} = 'waiting'`,
				within(accountId, reach),
			),
		)
		.returning();
}

export async function findScheduled(db: Db, accountId: string, reach: string | null, id: string) {
	const [row] = await db
		.select()
		.from(scheduledMessages)
		.where(and(eq(scheduledMessages.accountId, accountId), eq(scheduledMessages.id, id), within(accountId, reach)));
	return row;
}

export type DueMessage = ScheduledRow & { role: "owner" | "member" };

/** For the cron: what is due, with what somebody took up and did not end. From now on it cannot be taken back. */
export async function takingDueAnyAccount(db: Db, now: number, limit: number): Promise<DueMessage[]> {
	const rows = await db
		.update(scheduledMessages)
		.set({ state: "sending" })
		.where(
			sql`${scheduledMessages.id} IN (SELECT id FROM scheduled_messages WHERE state IN ('waiting', 'sending') AND send_at <= ${now}
				ORDER BY send_at LIMIT ${limit})`,
		)
		.returning();
	return rows.map((row) => ({ ...row, role: row.userId === row.accountId ? "owner" : "member" }));
}

export interface Ended {
	state: "sent" | "failed" | "waiting";
	operationId?: string | undefined;
	messageId?: string | undefined;
	reason?: string | undefined;
	/** When to try again, for what waits. */
	sendAt?: number | undefined;
}

/** Says what became of it; what waits again counts one try more. */
export function endScheduled(db: Db, accountId: string, id: string, ended: Ended): Statement {
	const { state, operationId = "", messageId, reason, sendAt } = ended;
	return db
		.update(scheduledMessages)
		.set({
			state,
			reason: reason ?? null,
			messageId: messageId ?? sql`(SELECT id FROM messages WHERE operation_id = ${operationId})`,
			...(state === "waiting" ? { tries: sql`tries + 1`, sendAt: sendAt ?? sql`send_at` } : {}),
		})
		.where(and(eq(scheduledMessages.accountId, accountId), eq(scheduledMessages.id, id)));
}

/** The conversation that a scheduled message belongs to, if there is one yet. */
export const conversationOf = ({ accountId, ownE164, peer, channel }: ScheduledRow): SQL<string> =>
	sql<string>`(SELECT id FROM conversations WHERE account_id = ${accountId} AND own_e164 = ${ownE164} AND peer = ${peer} AND channel = ${channel})`;

/** What a conversation's pages are told when something changes that waits in it; nothing while there is none. */
export function hintOfScheduled(row: ScheduledRow): { account: SQL; payload: SQL; audience: SQL } {
	const id = conversationOf(row);
	return {
		account: sql`(SELECT account_id FROM conversations WHERE id = ${id})`,
		payload: sql`json_object('conversationId', ${id})`,
		audience: sql`(SELECT assigned_to FROM numbers WHERE account_id = ${row.accountId} AND e164 = ${row.ownE164} AND status = 'active')`,
	};
}

const AGAIN_MS = 3_600_000;

/**
 * Has HELP answered: the account's own words, or the usual ones (`usual`; null when the carrier answers by itself). Not for a person who
 * wants no messages, and not twice within an hour, lest two machines help each other for ever.
 */
export function answeringHelp(
	db: Db,
	messageId: string,
	{ id, usual, now }: { id: string; usual: string | null; now: number },
): Statement {
	return db.run(sql`INSERT INTO scheduled_messages (id, account_id, user_id, kind, own_e164, peer, channel, body, send_at, created_at)
		SELECT ${id}, c.account_id, coalesce(n.assigned_to, c.account_id), 'help', c.own_e164, c.peer, c.channel, words.text, ${now}, ${now}
		FROM messages m JOIN conversations c ON c.id = m.conversation_id
			JOIN numbers n ON n.account_id = c.account_id AND n.e164 = c.own_e164 AND n.status = 'active'
			JOIN (SELECT m2.id AS message_id, coalesce((SELECT help_text FROM message_settings WHERE account_id = m2.account_id),
				(SELECT iif(coalesce(company_name, '') = '', '', company_name || ': ') FROM users WHERE id = m2.account_id) || ${usual}) AS text
				FROM messages m2 WHERE m2.id = ${messageId}) words ON words.message_id = m.id
		WHERE m.id = ${messageId} AND words.text <> '' AND ${notSuppressed(sql`c.account_id`, sql`c.peer`, "messages")}
			AND NOT EXISTS (SELECT 1 FROM scheduled_messages s WHERE s.account_id = c.account_id AND s.own_e164 = c.own_e164
				AND s.peer = c.peer AND s.channel = c.channel AND s.kind = 'help' AND s.created_at > ${now - AGAIN_MS})`);
}

/** What the account answers to HELP; undefined when it has not decided. */
export async function findHelpText(db: Db, accountId: string): Promise<string | null | undefined> {
	const [row] = await db
		.select({ helpText: messageSettings.helpText })
		.from(messageSettings)
		.where(eq(messageSettings.accountId, accountId));
	return row?.helpText;
}

export async function putHelpText(db: Db, accountId: string, helpText: string | null): Promise<void> {
	await db
		.insert(messageSettings)
		.values({ accountId, helpText })
		.onConflictDoUpdate({ target: messageSettings.accountId, set: { helpText } });
}
