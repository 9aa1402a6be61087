import { and, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { meets } from "../contacts/segments/store";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { accountCalls, campaignCounters, campaigns, transferNumbers } from "../db/tables";
import type { TransferRoute } from "../db/tables/campaigns";

export type Campaign = typeof campaigns.$inferSelect;
export type CampaignStatus = Campaign["status"];
// D1 answers a batch with objects, so one column name twice in a row would lose one of the two.
const { campaignId: _campaign, accountId: _account, ...counts } = getTableColumns(campaignCounters);
export type Counters = Omit<typeof campaignCounters.$inferSelect, "campaignId" | "accountId">;
export interface CampaignRow {
	campaign: Campaign;
	counters: Counters;
	transferE164: string | null;
}

/** What may be set on a campaign; `transferNumber` is an id or an E.164 number of the account's own. */
export type CampaignFields = Partial<Omit<typeof campaigns.$inferInsert, "id" | "accountId" | "transferNumberId">> & {
	transferNumber?: string | null;
};

const mine = (accountId: string, id: string) => and(eq(campaigns.accountId, accountId), eq(campaigns.id, id));

function rows(db: Db) {
	return db
		.select({
			campaign: getTableColumns(campaigns),
			counters: counts,
			transferE164: transferNumbers.e164,
		})
		.from(campaigns)
		.innerJoin(campaignCounters, eq(campaignCounters.campaignId, campaigns.id))
		.leftJoin(
			transferNumbers,
			and(eq(transferNumbers.accountId, campaigns.accountId), eq(transferNumbers.id, campaigns.transferNumberId)),
		);
}

/** One campaign with its counters and its transfer number. */
export function campaignById(db: Db, accountId: string, id: string) {
	return rows(db).where(mine(accountId, id)).limit(1);
}

/** The account's campaigns, newest first. */
export function campaignsOf(db: Db, accountId: string) {
	return rows(db).where(eq(campaigns.accountId, accountId)).orderBy(desc(campaigns.id)).limit(1_000);
}

const transferIdOf = (accountId: string, idOrE164: string) =>
	sql<string>`(SELECT id FROM transfer_numbers WHERE account_id = ${accountId} AND (id = ${idOrE164} OR e164 = ${idOrE164}) ORDER BY id LIMIT 1)`;

/** Guards for whatever the fields refer to: each must be there and the account's own. */
export function referencesExist(db: Db, accountId: string, fields: CampaignFields): Statement[] {
	const guards: Statement[] = [];
	const { greetingFileId, contactListId, transferNumber, callerNumbers } = fields;
	if (greetingFileId)
		guards.push(
			must(
				db,
				"greeting_exists",
				sql`EXISTS (SELECT 1 FROM greeting_files WHERE account_id = ${accountId} AND id = ${greetingFileId})`,
			),
		);
	const route = fields.script?.transfer;
	if (route) guards.push(must(db, "transfer_number_exists", isOwn(accountId, route)));
	const heard = greetingsIn(fields.script);
	if (heard.length > 0)
		guards.push(
			must(
				db,
				"greeting_exists",
				sql`(SELECT count(*) FROM json_each(${JSON.stringify(heard)}) j JOIN greeting_files g
					ON g.account_id = ${accountId} AND g.id = j.value) = ${heard.length}`,
			),
		);
	if (fields.segmentId)
		guards.push(
			must(
				db,
				"list_exists",
				sql`EXISTS (SELECT 1 FROM segments WHERE account_id = ${accountId} AND id = ${fields.segmentId})`,
			),
		);
	if (contactListId)
		guards.push(
			must(
				db,
				"list_exists",
				sql`EXISTS (SELECT 1 FROM contact_lists WHERE account_id = ${accountId} AND id = ${contactListId})`,
			),
		);
	if (transferNumber)
		guards.push(must(db, "transfer_number_exists", sql`${transferIdOf(accountId, transferNumber)} IS NOT NULL`));
	if (callerNumbers?.length)
		guards.push(
			must(
				db,
				"number_is_callers",
				sql`(SELECT count(*) FROM json_each(${JSON.stringify(callerNumbers)}) j JOIN numbers n ON n.e164 = j.value
					AND n.account_id = ${accountId} AND n.status = 'active' AND n.can_voice = 1) = ${callerNumbers.length}`,
			),
		);
	return guards;
}

const columnsOf = (accountId: string, { transferNumber, ...fields }: CampaignFields) => ({
	...fields,
	...(transferNumber === undefined
		? {}
		: { transferNumberId: transferNumber && transferIdOf(accountId, transferNumber) }),
});

/** True when whoever is to take the calls is the account's own. */
function isOwn(accountId: string, route: TransferRoute): SQL {
	if (route.to === "sip")
		return sql`EXISTS (SELECT 1 FROM sip_providers WHERE account_id = ${accountId} AND id = ${route.sipProviderId})`;
	if (route.to === "assistant")
		return sql`EXISTS (SELECT 1 FROM assistants WHERE account_id = ${accountId} AND id = ${route.assistantId})`;
	if (route.to === "queue")
		return sql`EXISTS (SELECT 1 FROM queues WHERE account_id = ${accountId} AND id = ${route.queueId})`;
	const ids = [...new Set(route.userIds)];
	return sql`(SELECT count(*) FROM users WHERE account_id = ${accountId}
		AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))) = ${ids.length}`;
}

/** The greeting files that a script plays, each once. */
function greetingsIn(script: CampaignFields["script"]): string[] {
	const { machines, abandoned, test, keys = {} } = script ?? {};
	const parts = [machines, abandoned, test, ...Object.values(keys)];
	const ids = parts.flatMap((part) =>
		part && "greetingFileId" in part && part.greetingFileId ? [part.greetingFileId] : [],
	);
	return [...new Set(ids)];
}

export function insertCampaign(
	db: Db,
	row: { id: string; accountId: string; title: string; now: number },
	fields: CampaignFields,
) {
	const { id, accountId, title, now } = row;
	return db
		.insert(campaigns)
		.values({ ...columnsOf(accountId, fields), id, accountId, title, createdAt: now, updatedAt: now });
}

/** Changes a campaign that is in one of `from` (and, when `fresh`, has not begun to copy its list). */
export function updateCampaign(
	db: Db,
	accountId: string,
	id: string,
	fields: CampaignFields,
	{ from, fresh, now }: { from: CampaignStatus[]; fresh: boolean; now: number },
) {
	return db
		.update(campaigns)
		.set({ ...columnsOf(accountId, fields), updatedAt: now })
		.where(
			and(mine(accountId, id), inArray(campaigns.status, from), fresh ? eq(campaigns.preparedThrough, "") : undefined),
		)
		.returning({ id: campaigns.id });
}

/** Moves a campaign to a status, from one of the given ones only; returns the row when it moved. */
export function moveCampaign(
	db: Db,
	accountId: string,
	id: string,
	move: { from: CampaignStatus[]; to: CampaignStatus; reason?: string | null; now: number; onlyIf?: SQL | undefined },
) {
	const { from, to, reason = null, now, onlyIf } = move;
	return db
		.update(campaigns)
		.set({
			status: to,
			pausedReason: reason,
			updatedAt: now,
			...(to === "running" ? { startedAt: sql`coalesce(${campaigns.startedAt}, ${now})` } : {}),
			...(to === "cancelled" || to === "completed" ? { finishedAt: now } : {}),
		})
		.where(and(mine(accountId, id), inArray(campaigns.status, from), onlyIf))
		.returning({ id: campaigns.id });
}

/** Keeps who said that these people may be called; nothing when nobody did. */
export function confirmConsent(
	db: Db,
	accountId: string,
	id: string,
	{ by, now }: { by: string | null; now: number },
): Statement {
	return db
		.update(campaigns)
		.set({ consentConfirmedAt: now, consentConfirmedBy: by })
		.where(and(mine(accountId, id), sql`${by} IS NOT NULL`, inArray(campaigns.status, ["draft", "scheduled"])));
}

/** How many of the files that the campaign's script plays are not there, or not yet. */
const unreadyGreetings = sql<number>`(SELECT count(*) FROM json_tree(${campaigns.script}) part WHERE part.key = 'greetingFileId'
	AND NOT EXISTS (SELECT 1 FROM greeting_files g WHERE g.account_id = ${campaigns.accountId} AND g.id = part.value AND g.status = 'ready'))`;

/** What a start needs, as an SQL condition on the campaign's row; {@link startFacts} says which part is missing. */
export function isStartable(): SQL {
	return sql`(EXISTS (SELECT 1 FROM greeting_files g WHERE g.account_id = ${campaigns.accountId} AND g.id = ${campaigns.greetingFileId} AND g.status = 'ready')
			OR (${campaigns.greetingFileId} IS NULL AND ${campaigns.script} ->> 'greetingText' <> ''))
		AND ${unreadyGreetings} = 0
		AND (EXISTS (SELECT 1 FROM contact_lists l WHERE l.account_id = ${campaigns.accountId} AND l.id = ${campaigns.contactListId} AND l.contact_count > 0)
			OR EXISTS (SELECT 1 FROM segments s JOIN contacts c ON c.account_id = s.account_id
				WHERE s.account_id = ${campaigns.accountId} AND s.id = ${campaigns.segmentId} AND ${meets(sql`s.filter`)}))
		AND EXISTS (SELECT 1 FROM json_each(${campaigns.callerNumbers}) j JOIN numbers n ON n.e164 = j.value
			AND n.account_id = ${campaigns.accountId} AND n.status = 'active' AND n.can_voice = 1)
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
			greeting: sql<
				string | null
			>`(SELECT status FROM greeting_files g WHERE g.account_id = ${accountId} AND g.id = ${campaigns.greetingFileId})`,
			greetingText: sql<string | null>`${campaigns.script} ->> 'greetingText'`,
			unreadyGreetings,
			contacts: sql<number | null>`CASE WHEN ${campaigns.segmentId} IS NULL
				THEN (SELECT contact_count FROM contact_lists l WHERE l.account_id = ${accountId} AND l.id = ${campaigns.contactListId})
				ELSE (SELECT count(*) FROM segments s JOIN contacts c ON c.account_id = s.account_id
					WHERE s.account_id = ${accountId} AND s.id = ${campaigns.segmentId} AND ${meets(sql`s.filter`)}) END`,
			callers: sql<number>`(SELECT count(*) FROM json_each(${campaigns.callerNumbers}) j JOIN numbers n ON n.e164 = j.value
				AND n.account_id = ${accountId} AND n.status = 'active' AND n.can_voice = 1)`,
			availableMicros: sql<number>`(SELECT available_micros FROM wallets w WHERE w.account_id = ${accountId})`,
			legalHours: sql<string>`(SELECT value FROM installation WHERE name = 'legalHours')`,
			endsAt: campaigns.endsAt,
			campaignsRunning: sql<number>`(SELECT count(*) FROM campaigns c WHERE c.status = 'running' AND c.id <> ${id})`,
			/** Rows of the list's files whose number was known already: they have been merged. */
			merged: sql<number>`(SELECT coalesce(sum(rows_known), 0) FROM imports i WHERE i.account_id = ${accountId} AND i.list_id = ${campaigns.contactListId})`,
		})
		.from(campaigns)
		.where(mine(accountId, id))
		.limit(1);
}
export type StartFacts = Awaited<ReturnType<typeof startFacts>>[number];

export function deleteCampaign(db: Db, accountId: string, id: string) {
	return db
		.delete(campaigns)
		.where(
			and(
				mine(accountId, id),
				inArray(campaigns.status, ["draft", "scheduled", "completed", "cancelled"]),
				sql`NOT EXISTS (SELECT 1 FROM attempts a WHERE a.campaign_id = ${campaigns.id} AND a.state IN ('claimed', 'dialing', 'unknown', 'live'))`,
			),
		)
		.returning({ id: campaigns.id });
}

/** How many calls all of the account's campaigns have placed. */
export async function callCount(db: Db, accountId: string): Promise<number> {
	const [row] = await db
		.select({ total: accountCalls.totalCalls })
		.from(accountCalls)
		.where(eq(accountCalls.accountId, accountId));
	return row?.total ?? 0;
}

/** Moves scheduled campaigns whose moment has come, of every account: for the cron. */
export function moveDueAnyAccount(
	db: Db,
	{ to, reason, onlyIf, now }: { to: "running" | "paused"; reason?: string; onlyIf?: SQL; now: number },
) {
	return db
		.update(campaigns)
		.set({ status: to, pausedReason: reason ?? null, updatedAt: now, ...(to === "running" ? { startedAt: now } : {}) })
		.where(and(eq(campaigns.status, sql`'scheduled'`), sql`${campaigns.startsAt} <= ${now}`, onlyIf))
		.returning({ id: campaigns.id });
}

/** Cancels campaigns that have not begun, or stand paused, past the moment until which they were to. */
export function expireAnyAccount(db: Db, now: number) {
	return db
		.update(campaigns)
		.set({ status: "cancelled", pausedReason: "expired", finishedAt: now, updatedAt: now })
		.where(sql`${campaigns.status} IN ('scheduled', 'paused') AND ${campaigns.expiresAt} <= ${now}`)
		.returning({ id: campaigns.id });
}

/** Running campaigns of every account that have somebody to call: the cron wakes their dialers. */
export function busyCampaignsAnyAccount(db: Db, now: number) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(and(eq(campaigns.status, sql`'running'`), sql`coalesce(${campaigns.restingUntil}, 0) <= ${now}`))
		.limit(1_000);
}

/** Nobody is to be called before `until`: other campaigns may have this one's share meanwhile. */
export function rest(db: Db, id: string, until: number): Statement {
	return db.update(campaigns).set({ restingUntil: until }).where(eq(campaigns.id, id));
}

/** Takes the share back as soon as somebody is due. */
export function stopResting(db: Db, id: string, now: number): Statement {
	return db
		.update(campaigns)
		.set({ restingUntil: null })
		.where(
			and(
				eq(campaigns.id, id),
				sql`EXISTS (SELECT 1 FROM recipients r WHERE r.campaign_id = ${id} AND r.state = 'pending' AND r.due_at <= ${now})`,
			),
		);
}

/** Ids of the account's campaigns whose dialer may hold somebody ready to be called. */
export function runningCampaignsOf(db: Db, accountId: string) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(and(eq(campaigns.accountId, accountId), eq(campaigns.status, sql`'running'`)));
}

/** The same for the account that an attempt belongs to. */
export function runningCampaignsOfAttempt(db: Db, attemptId: string) {
	return db
		.select({ id: campaigns.id })
		.from(campaigns)
		.where(
			and(
				sql`${campaigns.accountId} = (SELECT account_id FROM attempts WHERE id = ${attemptId})`,
				eq(campaigns.status, sql`'running'`),
			),
		);
}

/** What a dialer must know before each step, in one statement. */
export function dialFactsAnyAccount(db: Db, id: string) {
	return db
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
		.limit(1);
}
export type DialFacts = Awaited<ReturnType<typeof dialFactsAnyAccount>>[number];

/** Ends a running campaign when everybody has been copied and nobody is left to call or in a call. */
export function completeIfDone(db: Db, id: string, now: number): Statement {
	return db
		.update(campaigns)
		.set({ status: "completed", finishedAt: now, updatedAt: now })
		.where(
			and(
				eq(campaigns.id, id),
				eq(campaigns.status, "running"),
				sql`${campaigns.preparedAt} IS NOT NULL`,
				sql`EXISTS (SELECT 1 FROM campaign_counters n WHERE n.campaign_id = ${id} AND n.pending = 0 AND n.active = 0)`,
			),
		);
}

/** Pauses a running campaign that cannot go on, with the reason that its page shows. */
export function pauseBecause(db: Db, id: string, reason: string, now: number): Statement {
	return db
		.update(campaigns)
		.set({ status: "paused", pausedReason: reason, updatedAt: now })
		.where(and(eq(campaigns.id, id), eq(campaigns.status, "running")));
}

/** Fixes the price of the transfer leg for the campaign's life. */
export function fixTransferPrice(db: Db, id: string, country: string): Statement {
	return db
		.update(campaigns)
		.set({
			transferMinuteMicros: sql`coalesce((SELECT amount_micros FROM price_book WHERE item = 'call_minute' AND country = ${country} AND line_type = '*'),
				(SELECT amount_micros FROM price_book WHERE item = 'call_minute' AND country = '*' AND line_type = '*'), 0)`,
		})
		.where(eq(campaigns.id, id));
}

/**
 * Moves the copying of the list on past one page, in the batch that copies it; a page of fewer than `size` is the last.
 * `page` selects the page's `contact_id`s.
 */
export function notePrepared(
	db: Db,
	id: string,
	{ page, size, through, now }: { page: SQL; size: number; through: string; now: number },
): Statement {
	return db
		.update(campaigns)
		.set({
			preparedThrough: sql`coalesce((SELECT max(contact_id) FROM (${page})), ${campaigns.preparedThrough})`,
			preparedAt: sql`CASE WHEN (SELECT count(*) FROM (${page})) < ${size} THEN ${now} END`,
		})
		.where(and(eq(campaigns.id, id), eq(campaigns.preparedThrough, through)));
}
