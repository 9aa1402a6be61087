import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { notSuppressed } from "../../consent/store";
import type { Db, Statement } from "../../db/client";
import { campaignOutcomes, campaignZones, contacts, recipients } from "../../db/tables";

/** How many contacts one statement copies: large enough for few round trips, small enough for D1's time limit. */
export const PREPARE_PAGE = 5_000;

/** What copying a list needs to know of its campaign. */
export interface Preparation {
	accountId: string;
	campaignId: string;
	listId: string;
	through: string;
	callMinutes: number;
	transferMinuteMicros: number;
	unknownZone: "skip" | "dial";
	now: number;
}

/** The next contacts of the list, by id. */
export function pageOfList({ accountId, listId, through }: Pick<Preparation, "accountId" | "listId" | "through">): SQL {
	return sql`SELECT contact_id FROM list_members WHERE account_id = ${accountId} AND list_id = ${listId}
		AND contact_id > ${through} ORDER BY contact_id LIMIT ${PREPARE_PAGE}`;
}

/**
 * Copies the next page of the list into recipients, with what one attempt may cost at most, and notes the zones that occur.
 * Whoever must not be called is copied as skipped with the reason. Running it twice copies nothing twice.
 */
export function preparePage(db: Db, p: Preparation): Statement[] {
	const mayCall = notSuppressed(p.accountId, sql`c.e164`, "calls");
	const page = pageOfList(p);
	return [
		db.run(sql`INSERT INTO recipients
			(campaign_id, contact_id, account_id, e164, zones, minute_micros, hold_micros, state, outcome, due_at)
			SELECT ${p.campaignId}, c.id, c.account_id, c.e164, coalesce(c.time_zone, c.zones), price.micros,
				${p.callMinutes} * (price.micros + ${p.transferMinuteMicros}),
				CASE WHEN NOT ${mayCall} OR (coalesce(c.time_zone, c.zones) = '' AND ${p.unknownZone} = 'skip') THEN 'skipped' ELSE 'pending' END,
				CASE WHEN NOT ${mayCall} THEN 'opted_out'
					WHEN coalesce(c.time_zone, c.zones) = '' AND ${p.unknownZone} = 'skip' THEN 'no_zone' END,
				${p.now}
			FROM (${page}) m
			CROSS JOIN contacts c ON c.account_id = ${p.accountId} AND c.id = m.contact_id
			JOIN (SELECT c2.country, coalesce(exact.amount_micros, anywhere.amount_micros) AS micros
				FROM (SELECT DISTINCT country FROM contacts WHERE account_id = ${p.accountId} AND id IN (${page})) c2
				LEFT JOIN price_book exact ON exact.item = 'call_minute' AND exact.country = c2.country AND exact.line_type = '*'
				JOIN price_book anywhere ON anywhere.item = 'call_minute' AND anywhere.country = '*' AND anywhere.line_type = '*'
			) price ON price.country = c.country
			WHERE true
			ON CONFLICT DO NOTHING`),
		db.run(sql`INSERT INTO campaign_zones (campaign_id, zones, account_id)
			SELECT DISTINCT ${p.campaignId}, coalesce(time_zone, zones), account_id FROM contacts
			WHERE account_id = ${p.accountId} AND id IN (${page}) ON CONFLICT DO NOTHING`),
	];
}

/** The zones that a campaign's people live in. */
export function zonesOfCampaign(db: Db, campaignId: string) {
	return db.select({ zones: campaignZones.zones }).from(campaignZones).where(eq(campaignZones.campaignId, campaignId));
}

/**
 * Puts everybody in a closed zone off until it opens, or skips them. `opens` maps zones to Unix milliseconds; null never opens.
 * One statement for all zones, run when a zone closes and not on every turn.
 */
export function putOff(
	db: Db,
	campaignId: string,
	opens: Record<string, number | null>,
	skip: boolean,
	now: number,
): Statement {
	return db.run(sql`UPDATE recipients SET
			state = CASE WHEN ${skip ? 1 : 0} OR j.value IS NULL THEN 'skipped' ELSE state END,
			outcome = CASE WHEN j.value IS NULL THEN 'never_open' WHEN ${skip ? 1 : 0} THEN 'outside_hours' ELSE outcome END,
			due_at = coalesce(j.value, due_at)
		FROM json_each(${JSON.stringify(opens)}) j
		WHERE campaign_id = ${campaignId} AND state = 'pending' AND due_at <= ${now} AND zones = j.key`);
}

/** Marks those of the next `limit` due recipients who said stop since the list was copied. */
export function skipSuppressed(db: Db, accountId: string, campaignId: string, limit: number, now: number): Statement {
	return db.run(sql`UPDATE recipients SET state = 'skipped', outcome = 'opted_out'
		WHERE campaign_id = ${campaignId} AND contact_id IN (
			SELECT r.contact_id FROM (SELECT contact_id, e164 FROM recipients WHERE campaign_id = ${campaignId} AND state = 'pending'
				AND due_at <= ${now} ORDER BY due_at, contact_id LIMIT ${limit}) r
			WHERE NOT ${notSuppressed(accountId, sql`r.e164`, "calls")})`);
}

/** A page of the people of a campaign with the latest result of each. */
export function recipientsPage(
	db: Db,
	accountId: string,
	campaignId: string,
	{ after, limit, outcome }: { after: string | undefined; limit: number; outcome: string | undefined },
) {
	return db
		.select({
			contactId: recipients.contactId,
			e164: recipients.e164,
			firstName: contacts.firstName,
			lastName: contacts.lastName,
			state: recipients.state,
			outcome: recipients.outcome,
			attempts: recipients.attemptsMade,
			dueAt: recipients.dueAt,
			lastAttemptAt: sql<
				number | null
			>`(SELECT max(dialed_at) FROM attempts a WHERE a.campaign_id = ${recipients.campaignId} AND a.contact_id = ${recipients.contactId} AND a.state <> 'dropped')`,
		})
		.from(recipients)
		.leftJoin(contacts, and(eq(contacts.accountId, recipients.accountId), eq(contacts.id, recipients.contactId)))
		.where(
			and(
				eq(recipients.accountId, accountId),
				eq(recipients.campaignId, campaignId),
				after === undefined ? undefined : gt(recipients.contactId, after),
				outcome === undefined ? undefined : eq(recipients.outcome, outcome),
			),
		)
		.orderBy(asc(recipients.contactId))
		.limit(limit + 1);
}

/** How many people ended how, latest result of each: skipped ones carry their reason. */
export function outcomesOf(db: Db, accountId: string, campaignId: string) {
	return db
		.select({ state: campaignOutcomes.state, outcome: campaignOutcomes.outcome, people: campaignOutcomes.people })
		.from(campaignOutcomes)
		.where(
			and(
				eq(campaignOutcomes.campaignId, campaignId),
				eq(campaignOutcomes.accountId, accountId),
				gt(campaignOutcomes.people, 0),
			),
		);
}
