import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import type { Given, GivenEach } from "../../db/fixed";
import { conversationLabels, conversationNotes, conversationSeen, conversations, numbers } from "../../db/tables";
import type { ConversationDetail } from "./inputs";

export type ConversationRow = typeof conversations.$inferSelect;
export type Standing = ConversationRow["status"];
export type ListedConversation = Omit<ConversationRow, "seq"> & { labels: string };

/** Opens the conversation of a number and a peer unless there is one. `owner`: "numbers WHERE ..." that gives the account and the number. */
export function openingConversation(
	db: Db,
	owner: SQL,
	{ id, peer, channel, now }: GivenEach<{ id: string; peer: string; channel: ConversationRow["channel"]; now: number }>,
): Statement {
	return db.run(sql`INSERT INTO conversations (id, account_id, own_e164, peer, channel, last_at, created_at)
		SELECT ${id}, account_id, e164, ${peer}, ${channel}, ${now}, ${now} FROM ${owner}
		ON CONFLICT (account_id, own_e164, peer, channel) DO NOTHING`);
}

/** Conversations that somebody may see: all of the account's, or with `reach` those over numbers assigned to that sub-account. */
export function visible(accountId: Given<string>, reach: Given<string> | null) {
	return and(eq(conversations.accountId, accountId), within(accountId, reach));
}

/** The same for rows that were found by their number: the plus keeps the database from going through the account instead. */
export function visibleAmongFound(accountId: string, reach: string | null) {
	return and(sql`+${conversations.accountId} = ${accountId}`, within(accountId, reach));
}

function within(accountId: Given<string>, reach: Given<string> | null) {
	if (reach === null) return undefined;
	return sql`${conversations.ownE164} IN (SELECT e164 FROM ${numbers} WHERE account_id = ${accountId} AND assigned_to = ${reach} AND status = 'active')`;
}

const columns = {
	id: conversations.id,
	accountId: conversations.accountId,
	ownE164: conversations.ownE164,
	peer: conversations.peer,
	channel: conversations.channel,
	unread: conversations.unread,
	lastText: conversations.lastText,
	lastAt: conversations.lastAt,
	createdAt: conversations.createdAt,
	status: conversations.status,
	snoozedUntil: conversations.snoozedUntil,
	assignedTo: conversations.assignedTo,
	peerName: conversations.peerName,
	lastDirection: conversations.lastDirection,
};

/** A conversation as it is listed: with its labels, a JSON array. */
export const listed = {
	...columns,
	labels: sql<string>`(SELECT json_group_array(label) FROM conversation_labels l
		WHERE l.account_id = conversations.account_id AND l.conversation_id = conversations.id)`.as("labels"),
};

export function findingConversation(db: Db, accountId: Given<string>, reach: Given<string> | null, id: Given<string>) {
	return db
		.select(listed)
		.from(conversations)
		.where(and(visible(accountId, reach), eq(conversations.id, id)));
}

/** Nothing in it is unread any more. */
export function reading(db: Db, accountId: string, reach: string | null, id: string) {
	return db
		.update(conversations)
		.set({ unread: 0 })
		.where(and(visible(accountId, reach), eq(conversations.id, id)))
		.returning({ id: conversations.id });
}

const there = (accountId: string, reach: string | null, id: string) =>
	sql`EXISTS (SELECT 1 FROM ${conversations} WHERE ${and(visible(accountId, reach), eq(conversations.id, id))})`;

/** Notes that somebody has seen what there is. Nothing for a conversation that is not theirs to see. */
export function noteSeen(
	db: Db,
	{
		accountId,
		reach,
		id,
		userId,
		now,
	}: { accountId: string; reach: string | null; id: string; userId: string; now: number },
): Statement {
	return db
		.insert(conversationSeen)
		.select(sql`SELECT ${accountId}, ${id}, ${userId}, ${now} WHERE ${there(accountId, reach, id)}`)
		.onConflictDoUpdate({
			target: [conversationSeen.accountId, conversationSeen.conversationId, conversationSeen.userId],
			set: { seenAt: now },
		});
}

/** The account, if this conversation is the caller's to see; NULL otherwise. For an event that goes with a change. */
export function accountIfVisible(accountId: string, reach: string | null, id: string): SQL {
	return sql`(SELECT account_id FROM ${conversations} WHERE ${and(visible(accountId, reach), eq(conversations.id, id))})`;
}

/** A conversation's peer, as an expression. */
export const peerOf = (accountId: string, id: string): SQL<string> =>
	sql<string>`(SELECT peer FROM conversations WHERE account_id = ${accountId} AND id = ${id})`;

/** Who the peer is, if the account knows. */
export function contactOf(db: Db, accountId: string, id: string) {
	return db.all<NonNullable<ConversationDetail["contact"]>>(sql`
		SELECT id, first_name AS "firstName", last_name AS "lastName", email, notes, time_zone AS "timeZone" FROM contacts
		WHERE account_id = ${accountId} AND e164 = ${peerOf(accountId, id)}`);
}

export function seenBy(db: Db, accountId: string, id: string) {
	return db.all<{ userId: string; name: string; seenAt: number }>(sql`
		SELECT s.user_id AS "userId", coalesce(u.full_name, u.email) AS name, s.seen_at AS "seenAt"
		FROM conversation_seen s JOIN users u ON u.id = s.user_id
		WHERE s.account_id = ${accountId} AND s.conversation_id = ${id} ORDER BY s.seen_at DESC LIMIT 20`);
}

export interface Change {
	status?: Standing | undefined;
	snoozedUntil?: number | null | undefined;
	assignedTo?: string | null | undefined;
	unread?: number | undefined;
}

/** Changes what is named. Somebody who is not an active person of the account is not assigned: the statement then changes nothing. */
export function changingConversation(db: Db, accountId: string, reach: string | null, id: string, change: Change) {
	const isPerson =
		typeof change.assignedTo === "string"
			? sql`EXISTS (SELECT 1 FROM users WHERE account_id = ${accountId} AND id = ${change.assignedTo} AND status = 'active')`
			: undefined;
	return db
		.update(conversations)
		.set({ ...change, id: sql`id` })
		.where(and(visible(accountId, reach), eq(conversations.id, id), isPerson))
		.returning({ id: conversations.id });
}

/** Puts exactly these labels on a conversation that the caller may see. */
export function labeling(
	db: Db,
	accountId: string,
	reach: string | null,
	id: string,
	labels: readonly string[],
): [Statement, Statement] {
	const json = JSON.stringify(labels);
	return [
		db
			.delete(conversationLabels)
			.where(
				and(
					eq(conversationLabels.accountId, accountId),
					eq(conversationLabels.conversationId, id),
					there(accountId, reach, id),
				),
			),
		db
			.insert(conversationLabels)
			.select(sql`SELECT ${accountId}, value, ${id} FROM json_each(${json}) WHERE ${there(accountId, reach, id)}`)
			.onConflictDoNothing(),
	];
}

/** Every label of the account with how often it is used, most used first. */
export function labelsOf(db: Db, accountId: string) {
	return db.all<{ label: string; count: number }>(sql`
		SELECT label, count(*) AS count FROM conversation_labels WHERE account_id = ${accountId}
		GROUP BY label ORDER BY count DESC, label LIMIT 200`);
}

/** Writes a note into a conversation that the caller may see; no row when it is not theirs. */
export function noting(
	db: Db,
	note: {
		id: string;
		accountId: string;
		reach: string | null;
		conversationId: string;
		userId: string;
		body: string;
		now: number;
	},
) {
	const { id, accountId, reach, conversationId, userId, body, now } = note;
	return db
		.insert(conversationNotes)
		.select(
			sql`SELECT ${id}, ${accountId}, ${conversationId}, ${userId}, ${body}, ${now} WHERE ${there(accountId, reach, conversationId)}`,
		)
		.returning();
}

/** For the cron: conversations whose sleep is over are open again. */
export function wakingAnyAccount(db: Db, now: number, limit: number) {
	return db
		.update(conversations)
		.set({ status: "open", snoozedUntil: null })
		.where(
			sql`${conversations.id} IN (SELECT id FROM conversations WHERE status = 'snoozed' AND snoozed_until <= ${now} LIMIT ${limit})`,
		)
		.returning({ id: conversations.id, accountId: conversations.accountId });
}
