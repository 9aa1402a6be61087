import { and, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { meets } from "../../contacts/segments/store";
import type { Db } from "../../db/client";
import { fixed } from "../../db/fixed";
import { campaignCounters, campaigns, transferNumbers } from "../../db/tables";
import { counts, hasCallers } from "../store";

/** How many of the files that the campaign's script plays are not there, or not yet. */
const unreadyGreetings = sql<number>`(SELECT count(*) FROM json_tree(${campaigns.script}) part WHERE part.key = 'greetingFileId'
	AND NOT EXISTS (SELECT 1 FROM greeting_files g WHERE g.account_id = ${campaigns.accountId} AND g.id = part.value AND g.status = 'ready'))`;

const importsOfList = (accountId: string) =>
	sql`FROM imports i WHERE i.account_id = ${accountId} AND i.list_id = ${campaigns.contactListId} AND i.undone_at IS NULL`;

/** What a start needs, as an SQL condition on the campaign's row; {@link startFacts} says which part is missing. */
export function isStartable(): SQL {
	return sql`(EXISTS (SELECT 1 FROM greeting_files g WHERE g.account_id = ${campaigns.accountId} AND g.id = ${campaigns.greetingFileId} AND g.status = 'ready')
			OR (${campaigns.greetingFileId} IS NULL AND ${campaigns.script} ->> 'greetingText' <> ''))
		AND ${unreadyGreetings} = 0
		AND (EXISTS (SELECT 1 FROM contact_lists l WHERE l.account_id = ${campaigns.accountId} AND l.id = ${campaigns.contactListId} AND l.contact_count > 0)
			OR EXISTS (SELECT 1 FROM segments s JOIN contacts c ON c.account_id = s.account_id
				WHERE s.account_id = ${campaigns.accountId} AND s.id = ${campaigns.segmentId} AND ${meets(sql`s.filter`)}))
		AND ${hasCallers}
		AND EXISTS (SELECT 1 FROM wallets w WHERE w.account_id = ${campaigns.accountId} AND w.available_micros > 0)
`;
}

/** The facts behind {@link isStartable}, read in the same batch. */
export function startFacts(db: Db, accountId: string, id: string) {
	return db
		.select({
			status: campaigns.status,
			startsAt: campaigns.startsAt,
			windowStartMinute: campaigns.windowStartMinute,
			windowEndMinute: campaigns.windowEndMinute,
			windowDays: campaigns.windowDays,
			holidays: campaigns.holidays,
			greeting: sql<
				string | null
			>`(SELECT status FROM greeting_files g WHERE g.account_id = ${accountId} AND g.id = ${campaigns.greetingFileId})`,
			greetingText: sql<string | null>`${campaigns.script} ->> 'greetingText'`,
			unreadyGreetings,
			contacts: sql<number | null>`CASE WHEN ${campaigns.segmentId} IS NULL
				THEN (SELECT contact_count FROM contact_lists l WHERE l.account_id = ${accountId} AND l.id = ${campaigns.contactListId})
				ELSE (SELECT count(*) FROM segments s JOIN contacts c ON c.account_id = s.account_id
					WHERE s.account_id = ${accountId} AND s.id = ${campaigns.segmentId} AND ${meets(sql`s.filter`)}) END`,
			/** Whether the copying of its list has begun. */
			isCopied: sql<0 | 1>`(${campaigns.preparedThrough} <> '' OR ${campaigns.preparedAt} IS NOT NULL)`,
			callers: sql<number>`(SELECT count(*) FROM json_each(${campaigns.callerNumbers}) j JOIN numbers n ON n.e164 = j.value
				AND n.account_id = ${accountId} AND n.status = 'active' AND n.can_voice = 1)`,
			availableMicros: sql<number>`(SELECT available_micros FROM wallets w WHERE w.account_id = ${accountId})`,
			legalHours: sql<string>`(SELECT value FROM installation WHERE name = 'legalHours')`,
			endsAt: campaigns.endsAt,
			campaignsRunning: sql<number>`(SELECT count(*) FROM campaigns c WHERE c.status = 'running' AND c.id <> ${id})`,
			/** Rows of the list's files whose number was known already: they have been merged. */
			merged: sql<number>`(SELECT coalesce(sum(rows_known), 0) ${importsOfList(accountId)})`,
			/** Rows of its files that have no usable number, and have not been mended. */
			invalid: sql<number>`(SELECT coalesce(sum(rows_bad), 0) ${importsOfList(accountId)})`,
		})
		.from(campaigns)
		.where(and(eq(campaigns.accountId, accountId), eq(campaigns.id, id)))
		.limit(1);
}
export type StartFacts = Awaited<ReturnType<typeof startFacts>>[number];

/** What a dialer must know before each step, in one statement. */
export function dialFactsAnyAccount(db: Db, id: string) {
	return dialFacts(db, { id });
}

const dialFacts = fixed<{ id: string }>()((db, { id }) =>
	db
		.select({
			campaign: getTableColumns(campaigns),
			counters: counts,
			transferE164: transferNumbers.e164,
			legalHours: sql<string>`(SELECT value FROM installation WHERE name = 'legalHours')`,
			/** The caller numbers that are still the account's. */
			callers: sql<string>`(SELECT json_group_array(n.e164) FROM json_each(${campaigns.callerNumbers}) j
				JOIN numbers n ON n.e164 = j.value AND n.account_id = ${campaigns.accountId} AND n.status = 'active' AND n.can_voice = 1)`,
			claimed: sql<number>`(SELECT count(*) FROM attempts a WHERE a.campaign_id = ${campaigns.id} AND a.state = 'claimed')`,
			nextDueAt: sql<
				number | null
			>`(SELECT min(due_at) FROM recipients r WHERE r.campaign_id = ${campaigns.id} AND r.state = 'pending')`,
			/** This one, and the others that run and do not rest. */
			campaignsRunning: sql<number>`(SELECT count(*) FROM campaigns c WHERE c.status = 'running' AND (c.resting_until IS NULL OR c.id = ${id}))`,
			liveCalls: sql<number>`(SELECT live_calls FROM carrier_load WHERE id = 1)`,
			/** What is left of the balance, and of today's cap when the owner has set one. */
			availableMicros: sql<number>`(SELECT available_micros FROM wallets w WHERE w.account_id = ${campaigns.accountId})`,
			capLeftMicros: sql<number | null>`(SELECT r.daily_cap_micros - coalesce(d.committed_micros, 0) FROM wallet_rules r
				LEFT JOIN wallet_days d ON d.account_id = r.account_id AND d.day = date('now') WHERE r.account_id = ${campaigns.accountId})`,
		})
		.from(campaigns)
		.innerJoin(campaignCounters, eq(campaignCounters.campaignId, campaigns.id))
		.leftJoin(
			transferNumbers,
			and(eq(transferNumbers.accountId, campaigns.accountId), eq(transferNumbers.id, campaigns.transferNumberId)),
		)
		.where(eq(campaigns.id, id))
		.limit(1),
);
export type DialFacts = Awaited<ReturnType<typeof dialFactsAnyAccount>>[number];
