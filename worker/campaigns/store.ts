import { and, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { fixed } from "../db/fixed";
import { campaignCounters, campaigns, transferNumbers } from "../db/tables";
import { priceOf } from "../wallet/store";
import type { PricedLeg } from "./priced-leg";
import { transferIdOf } from "./references/store";

export type Campaign = typeof campaigns.$inferSelect;
export type CampaignStatus = Campaign["status"];
// D1 answers a batch with objects, so one column name twice in a row would lose one of the two.
export const { campaignId: _campaign, accountId: _account, ...counts } = getTableColumns(campaignCounters);
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

const all = fixed<{ accountId: string }>()((db, { accountId }) =>
	rows(db).where(eq(campaigns.accountId, accountId)).orderBy(desc(campaigns.id)).limit(1_000),
);

/** The account's campaigns, newest first. */
export const campaignsOf = (db: Db, accountId: string) => all(db, { accountId });

/** Whether any of a campaign's caller numbers is still the account's. */
export const hasCallers = sql`EXISTS (SELECT 1 FROM json_each(${campaigns.callerNumbers}) j JOIN numbers n ON n.e164 = j.value
	AND n.account_id = ${campaigns.accountId} AND n.status = 'active' AND n.can_voice = 1)`;

const columnsOf = (accountId: string, { transferNumber, ...fields }: CampaignFields) => ({
	...fields,
	...(transferNumber === undefined
		? {}
		: { transferNumberId: transferNumber && transferIdOf(accountId, transferNumber) }),
});

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

/** Changes a campaign that is in one of `from` (and, when `fresh`, has not begun to copy its list). Scheduled for no moment any more, it is a draft. */
export function updateCampaign(
	db: Db,
	accountId: string,
	id: string,
	fields: CampaignFields,
	{ from, fresh, now }: { from: CampaignStatus[]; fresh: boolean; now: number },
) {
	return db
		.update(campaigns)
		.set({
			...columnsOf(accountId, fields),
			...(fields.startsAt === null
				? { status: sql`iif(${campaigns.status} = 'scheduled', 'draft', ${campaigns.status})` }
				: {}),
			updatedAt: now,
		})
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

/** Pauses a running campaign that cannot go on, with the reason that its page shows: a number that is refused may just be gone. */
export function pauseBecause(db: Db, id: string, reason: string, now: number): Statement {
	return db
		.update(campaigns)
		.set({
			status: "paused",
			pausedReason: sql`iif(${reason} = 'caller_number_refused' AND NOT ${hasCallers}, 'caller_number_gone', ${reason})`,
			updatedAt: now,
		})
		.where(and(eq(campaigns.id, id), eq(campaigns.status, "running")));
}

const legPrice = (leg: PricedLeg | null) =>
	leg === null ? 0 : sql`coalesce(${priceOf(leg.item, leg.country, "*")}, 0)`;

/** Fixes the price of the transfer leg, to a country's number or to an assistant, until somebody else is to take the calls. */
export function fixTransferPrice(db: Db, id: string, leg: PricedLeg): Statement {
	return db
		.update(campaigns)
		.set({ transferMinuteMicros: legPrice(leg) })
		.where(and(eq(campaigns.id, id), eq(campaigns.preparedThrough, "")));
}

/** The price of the leg to whoever takes the calls from now on. */
export function changeTransferPrice(db: Db, accountId: string, id: string, leg: PricedLeg | null): Statement {
	return db
		.update(campaigns)
		.set({ transferMinuteMicros: legPrice(leg) })
		.where(mine(accountId, id));
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
