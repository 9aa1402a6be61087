import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { whoSilences } from "../../consent/store";
import { meets } from "../../contacts/segments/store";
import type { Db, Statement } from "../../db/client";
import { campaignOutcomes, campaignZones, contacts, recipients } from "../../db/tables";

/** How many contacts one statement copies: large enough for few round trips, small enough for D1's time limit. */
export const PREPARE_PAGE = 5_000;

/** What copying a list needs to know of its campaign. */
export interface Preparation {
	accountId: string;
	campaignId: string;
	listId: string;
	/** The saved filter that the campaign is for, instead of the list. */
	segmentId: string | null;
	through: string;
	callMinutes: number;
	now: number;
}

/** The next contacts of the list, or of the segment, by id. */
export function pageOfList({
	accountId,
	listId,
	segmentId,
	through,
}: Pick<Preparation, "accountId" | "listId" | "segmentId" | "through">): SQL {
	if (segmentId !== null)
		return sql`SELECT c.id AS contact_id FROM contacts c
			WHERE c.account_id = ${accountId} AND c.id > ${through}
				AND ${meets(sql`(SELECT filter FROM segments WHERE account_id = ${accountId} AND id = ${segmentId})`)}
			ORDER BY c.id LIMIT ${PREPARE_PAGE}`;
	return sql`SELECT contact_id FROM list_members WHERE account_id = ${accountId} AND list_id = ${listId}
		AND contact_id > ${through} ORDER BY contact_id LIMIT ${PREPARE_PAGE}`;
}

/** The zones of contact `c` in which it must be open at once for campaign `k`: its owner's word, its number, or what the campaign assumes. */
const zonesToHeed = sql`coalesce(c.time_zone, nullif(c.zones, ''), k.assumed_zone, '')`;

/** Who wants silence: 1 the person, 0 the owner of the account, NULL nobody. */
const wantsSilence = (e164: SQL) => whoSilences(sql`k.account_id`, e164, "calls");

const ofCampaignsOwnList = (e164: SQL) =>
	sql`EXISTS (SELECT 1 FROM campaign_do_not_call own WHERE own.campaign_id = k.id AND own.e164 = ${e164})`;

/** Why campaign `k` does not call contact `c`; NULL when it does. The dialer's copy of the list and the preflight both ask this. */
const reasonToSkip = sql`CASE ${wantsSilence(sql`c.e164`)} WHEN 1 THEN 'opted_out' WHEN 0 THEN 'do_not_call' ELSE CASE
	WHEN ${ofCampaignsOwnList(sql`c.e164`)} THEN 'campaign_do_not_call'
	WHEN c.barred <> '' THEN 'costly_number'
	WHEN c.country IN (SELECT value FROM json_each((SELECT value FROM installation WHERE name = 'blockedCountries'))) THEN 'blocked_country'
	WHEN EXISTS (SELECT 1 FROM reach_limits own WHERE own.account_id = k.account_id AND own.countries IS NOT NULL
		AND c.country NOT IN (SELECT value FROM json_each(own.countries))) THEN 'blocked_country'
	WHEN k.consent_required AND c.consented_at IS NULL THEN 'no_consent'
	WHEN k.unknown_zone = 'skip' AND ${zonesToHeed} = '' THEN 'no_zone' END END`;

/**
 * Copies the next page of the list into recipients, with what one attempt may cost at most, and notes the zones that occur.
 * Whoever must not be called is copied as skipped with the reason. Running it twice copies nothing twice.
 */
export function preparePage(db: Db, p: Preparation): Statement[] {
	const page = pageOfList(p);
	return [
		db.run(sql`INSERT INTO recipients
			(campaign_id, contact_id, account_id, e164, zones, minute_micros, hold_micros, state, outcome, due_at, variant)
			SELECT ${p.campaignId}, who.id, ${p.accountId}, who.e164, who.zones, price.micros,
				${p.callMinutes} * (price.micros + (SELECT transfer_minute_micros FROM campaigns WHERE id = ${p.campaignId})),
				iif(who.reason IS NULL, 'pending', 'skipped'), who.reason, ${p.now},
				iif(abs(random() % 100) < who.share, 'b', 'a')
			FROM (SELECT coalesce(k.script ->> '$.test.share', 0) AS share, c.id, c.e164, c.country, ${zonesToHeed} AS zones, ${reasonToSkip} AS reason
				FROM (${page}) m
				CROSS JOIN contacts c ON c.account_id = ${p.accountId} AND c.id = m.contact_id
				CROSS JOIN campaigns k ON k.account_id = ${p.accountId} AND k.id = ${p.campaignId}) who
			JOIN (SELECT c2.country, coalesce(exact.amount_micros, anywhere.amount_micros) AS micros
				FROM (SELECT DISTINCT country FROM contacts WHERE account_id = ${p.accountId} AND id IN (${page})) c2
				LEFT JOIN price_book exact ON exact.item = 'call_minute' AND exact.country = c2.country AND exact.line_type = '*'
				JOIN price_book anywhere ON anywhere.item = 'call_minute' AND anywhere.country = '*' AND anywhere.line_type = '*'
			) price ON price.country = who.country
			WHERE true
			ON CONFLICT DO NOTHING`),
		db.run(sql`INSERT INTO campaign_zones (campaign_id, zones, account_id)
			SELECT DISTINCT ${p.campaignId}, ${zonesToHeed}, c.account_id FROM contacts c
			CROSS JOIN campaigns k ON k.account_id = ${p.accountId} AND k.id = ${p.campaignId}
			WHERE c.account_id = ${p.accountId} AND c.id IN (${page}) ON CONFLICT DO NOTHING`),
	];
}

/** How many people of a list live in the same zones and country and are skipped for the same reason, null for those who are called. */
export interface Standing {
	zones: string;
	country: string;
	reason: string | null;
	people: number;
}

/** Where everybody on a campaign's list stands, counted by the database: what {@link preparePage} would write. */
export function standings(db: Db, accountId: string, campaignId: string) {
	return db.all<Standing>(sql`SELECT ${zonesToHeed} AS zones, c.country AS country, ${reasonToSkip} AS reason, count(*) AS people
		FROM (SELECT k.id AS campaign_id, m.contact_id FROM campaigns k
				CROSS JOIN list_members m ON m.account_id = k.account_id AND m.list_id = k.contact_list_id
				WHERE k.account_id = ${accountId} AND k.id = ${campaignId} AND k.segment_id IS NULL
			UNION ALL
			SELECT k.id, c.id FROM campaigns k
				JOIN segments s ON s.account_id = k.account_id AND s.id = k.segment_id
				JOIN contacts c ON c.account_id = s.account_id AND ${meets(sql`s.filter`)}
				WHERE k.account_id = ${accountId} AND k.id = ${campaignId}) who
		CROSS JOIN campaigns k ON k.id = who.campaign_id
		CROSS JOIN contacts c ON c.account_id = ${accountId} AND c.id = who.contact_id
		GROUP BY 1, 2, 3`);
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
			outcome = CASE WHEN j.value IS NULL THEN iif(${now} >= (SELECT ends_at FROM campaigns WHERE id = ${campaignId}), 'not_reached', 'never_open')
				WHEN ${skip ? 1 : 0} THEN 'outside_hours' ELSE outcome END,
			due_at = coalesce(j.value, due_at)
		FROM json_each(${JSON.stringify(opens)}) j
		WHERE campaign_id = ${campaignId} AND state = 'pending' AND due_at <= ${now} AND zones = j.key`);
}

/** Marks those of the next `limit` due recipients who said stop, or were taken off, since the list was copied. */
export function skipSuppressed(db: Db, accountId: string, campaignId: string, limit: number, now: number): Statement {
	return db.run(sql`UPDATE recipients SET state = 'skipped', outcome = silent.reason
		FROM (SELECT r.contact_id, CASE ${wantsSilence(sql`r.e164`)} WHEN 1 THEN 'opted_out' WHEN 0 THEN 'do_not_call'
				ELSE iif(${ofCampaignsOwnList(sql`r.e164`)}, 'campaign_do_not_call', NULL) END AS reason
			FROM (SELECT contact_id, e164 FROM recipients WHERE campaign_id = ${campaignId} AND state = 'pending'
				AND due_at <= ${now} ORDER BY due_at, contact_id LIMIT ${limit}) r
			CROSS JOIN campaigns k ON k.account_id = ${accountId} AND k.id = ${campaignId}) silent
		WHERE campaign_id = ${campaignId} AND recipients.contact_id = silent.contact_id AND silent.reason IS NOT NULL`);
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
			/** When the person was called last, and when somebody last took their call after a 1: two times as JSON, either may be null. */
			last: sql<string>`(SELECT json_array(max(dialed_at), max(connected_at)) FROM attempts a
				WHERE a.campaign_id = ${recipients.campaignId} AND a.contact_id = ${recipients.contactId} AND a.state <> 'dropped')`,
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
