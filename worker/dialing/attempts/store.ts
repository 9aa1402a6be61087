import { and, asc, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { notSuppressed, whoSilences } from "../../consent/store";
import type { Db, Statement } from "../../db/client";
import { attempts } from "../../db/tables";

export type Attempt = typeof attempts.$inferSelect;

/** An attempt that may be dialed, or is claimed to be. */
export interface Ready {
	id: string;
	contactId: string;
	e164: string;
	callerE164: string;
	n: number;
	zones: string;
}

export interface Claim {
	accountId: string;
	campaignId: string;
	callers: string[];
	/** Shows the caller number that is most like the called one, where there are several. */
	local: boolean;
	/** How many may be claimed and not dialed yet, those of earlier turns included. */
	ahead: number;
	/** Unique per turn; the attempts' ids begin with it. */
	turnId: string;
	now: number;
}

/** What the account may still set aside today: its balance, and no more than its daily cap leaves. */
function spendable(accountId: string, now: number): SQL {
	return sql`(SELECT min(w.available_micros, coalesce(r.daily_cap_micros - coalesce(d.committed_micros, 0), w.available_micros))
		FROM wallets w LEFT JOIN wallet_rules r ON r.account_id = w.account_id
		LEFT JOIN wallet_days d ON d.account_id = w.account_id AND d.day = date(${now} / 1000, 'unixepoch')
		WHERE w.account_id = ${accountId})`;
}

/** Each caller number in turn; or, of those with the most leading digits in common with the called number, each in turn. */
function callerOf({ callers, local }: Claim): SQL {
	const json = JSON.stringify(callers);
	const turn = sql`(k + attempts_made)`;
	if (!local || callers.length < 2)
		return sql`json_extract(${json}, '$[' || (${turn} % CAST(${callers.length} AS INTEGER)) || ']')`;
	const alike = [2, 3, 4, 5, 6].map((digits) => sql`(substr(own.value, 1, ${digits}) = substr(e164, 1, ${digits}))`);
	return sql`(SELECT own.value FROM json_each(${json}) own
		ORDER BY ${sql.join(alike, sql` + `)} DESC, (own.key + ${turn}) % CAST(${callers.length} AS INTEGER) LIMIT 1)`;
}

/**
 * Claims people who are due, up to `ahead` of the calls,, each with its money held (RELIABILITY: steps 1 and 2 in one transaction, the
 * hold by trigger). Never more than the wallet covers, none unless the campaign runs, none who said stop.
 */
export function claim(db: Db, c: Claim) {
	return db.all<{ id: string }>(sql`INSERT INTO attempts
			(id, account_id, campaign_id, contact_id, n, e164, caller_e164, state, hold_micros, minute_micros, transfer_minute_micros, look_after, claimed_at)
		SELECT 'att_' || ${c.turnId} || printf('%03d', k), account_id, campaign_id, contact_id, attempts_made + 1, e164,
			${callerOf(c)},
			'claimed', hold_micros, minute_micros,
			(SELECT transfer_minute_micros FROM campaigns WHERE id = ${c.campaignId}), ${c.now} + 60000, ${c.now}
		FROM (
			SELECT *, row_number() OVER page AS k, sum(hold_micros) OVER page AS running
			FROM (SELECT * FROM recipients WHERE campaign_id = ${c.campaignId} AND state = 'pending' AND due_at <= ${c.now}
				ORDER BY due_at, contact_id
				LIMIT max(0, ${c.ahead} - (SELECT count(*) FROM attempts WHERE campaign_id = ${c.campaignId} AND state = 'claimed')))
			WINDOW page AS (ORDER BY due_at, contact_id ROWS UNBOUNDED PRECEDING)
		)
		WHERE running <= ${spendable(c.accountId, c.now)}
			AND EXISTS (SELECT 1 FROM campaigns WHERE id = ${c.campaignId} AND status = 'running')
		ON CONFLICT DO NOTHING
		RETURNING id`);
}

/** Drops what is claimed for somebody who said stop, or was taken off, since; the recipient is skipped and the money released. */
export function dropSuppressed(db: Db, accountId: string, campaignId: string, now: number): Statement {
	const silence = whoSilences(accountId, sql`attempts.e164`, "calls");
	return db.run(sql`UPDATE attempts SET state = 'dropped', ended_at = ${now},
			error_code = CASE ${silence} WHEN 1 THEN 'opted_out' WHEN 0 THEN 'do_not_call' ELSE 'campaign_do_not_call' END
		WHERE campaign_id = ${campaignId} AND state = 'claimed'
		AND (NOT ${notSuppressed(accountId, sql`attempts.e164`, "calls")}
			OR EXISTS (SELECT 1 FROM campaign_do_not_call own WHERE own.campaign_id = ${campaignId} AND own.e164 = attempts.e164))`);
}

/** Drops every claim of a campaign that does not run: nothing rang, so its people are as before. */
export function dropClaimsUnlessRunning(db: Db, campaignId: string, now: number): Statement {
	return db.run(sql`UPDATE attempts SET state = 'dropped', ended_at = ${now} WHERE campaign_id = ${campaignId} AND state = 'claimed'
		AND NOT EXISTS (SELECT 1 FROM campaigns WHERE id = ${campaignId} AND status = 'running')`);
}

/** An attempt that will not ring after all. With a reason the recipient is skipped for it, without one it is due as before. */
export interface Dropped {
	id: string;
	reason: "opted_out" | null;
}

/** Drops attempts whose request certainly never left. */
export function drop(db: Db, dropped: Dropped[], now: number): Statement[] {
	if (dropped.length === 0) return [];
	return [
		db.run(sql`UPDATE attempts SET state = 'dropped', ended_at = ${now}, dialed_at = NULL, error_code = j.value ->> 'reason'
			FROM json_each(${JSON.stringify(dropped)}) j WHERE attempts.id = j.value ->> 'id' AND state IN ('claimed', 'dialing')`),
	];
}

/**
 * The point of no return (RELIABILITY, step 3): claimed -> dialing, for at most `limit` calls and never more in the air than the
 * carrier account and the campaign allow. Only while the campaign runs; opted-out claims were dropped earlier in the same batch.
 */
export function startDialing(
	db: Db,
	c: { campaignId: string; limit: number; mostLive: number; mostLiveOfCampaign: number; now: number },
) {
	return db.all<Ready>(sql`UPDATE attempts SET state = 'dialing', dialed_at = ${c.now}, look_after = ${c.now} + 60000
		WHERE id IN (SELECT id FROM attempts WHERE campaign_id = ${c.campaignId} AND state = 'claimed' ORDER BY id
			LIMIT max(0, min(${c.limit}, ${c.mostLive} - (SELECT live_calls FROM carrier_load WHERE id = 1),
				${c.mostLiveOfCampaign} - (SELECT live_calls FROM campaign_counters WHERE campaign_id = ${c.campaignId}))))
		AND EXISTS (SELECT 1 FROM campaigns WHERE id = ${c.campaignId} AND status = 'running')
		RETURNING id, contact_id AS contactId, e164, caller_e164 AS callerE164, n,
			(SELECT zones FROM recipients r WHERE r.campaign_id = attempts.campaign_id AND r.contact_id = attempts.contact_id) AS zones`);
}

/** How the carrier took a call. */
export type Posted =
	| { id: string; result: "placed"; ref: string }
	| { id: string; result: "refused"; code: string }
	| { id: string; result: "unclear" }
	| { id: string; result: "busy" };

/**
 * Records what became of the requests (step 5). A callback may have come first, so only `dialing` moves; busy ones go back to
 * `claimed` as the same attempt, since the carrier never processed them.
 */
export function recordPosted(
	db: Db,
	posted: Posted[],
	{ lookAfter, now }: { lookAfter: number; now: number },
): Statement[] {
	if (posted.length === 0) return [];
	const json = JSON.stringify(posted);
	const each = sql`FROM json_each(${json}) j WHERE attempts.id = j.value ->> 'id'`;
	return [
		db.run(sql`UPDATE attempts SET state = 'live', carrier_ref = coalesce(carrier_ref, j.value ->> 'ref'), look_after = ${lookAfter}
			${each} AND j.value ->> 'result' = 'placed' AND state IN ('dialing', 'unknown')`),
		db.run(sql`UPDATE attempts SET state = 'ended', disposition = 'failed', error_code = j.value ->> 'code', cost_micros = 0, ended_at = ${now}
			${each} AND j.value ->> 'result' = 'refused' AND state IN ('dialing', 'unknown')`),
		db.run(sql`UPDATE attempts SET state = 'unknown', look_after = ${lookAfter}
			${each} AND j.value ->> 'result' = 'unclear' AND state = 'dialing'`),
		db.run(sql`UPDATE attempts SET state = 'claimed', dialed_at = NULL
			${each} AND j.value ->> 'result' = 'busy' AND state = 'dialing'`),
	];
}

/**
 * After a crash: what was dialing and is in the dialer's journal may have reached the carrier and is `unknown`; what is not in it
 * certainly did not and is `claimed` again.
 */
export function recoverDialing(db: Db, campaignId: string, journal: string[], now: number): Statement[] {
	const posted = sql`SELECT value FROM json_each(${JSON.stringify(journal)})`;
	return [
		db.run(sql`UPDATE attempts SET state = 'unknown', look_after = ${now}
			WHERE campaign_id = ${campaignId} AND state = 'dialing' AND id IN (${posted})`),
		db.run(sql`UPDATE attempts SET state = 'claimed', dialed_at = NULL
			WHERE campaign_id = ${campaignId} AND state = 'dialing' AND id NOT IN (${posted})`),
	];
}

/** A page of the attempts of a campaign, oldest first, as far as they reached the carrier. */
export function attemptsPage(db: Db, accountId: string, campaignId: string, after: string | undefined, limit: number) {
	return db
		.select()
		.from(attempts)
		.where(
			and(
				eq(attempts.accountId, accountId),
				eq(attempts.campaignId, campaignId),
				isNotNull(attempts.dialedAt),
				after === undefined ? undefined : gt(attempts.id, after),
			),
		)
		.orderBy(asc(attempts.id))
		.limit(limit + 1);
}

/** What one callback tells of a call. Times in Unix milliseconds. */
export interface Heard {
	attemptId: string;
	carrierRef: string;
	status: string;
	rank: number;
	over: boolean;
	durationSeconds: number | null;
	answeredBy: string | null;
	errorCode: string | null;
	lookAfter: number;
	now: number;
}

/** An attempt that moved. */
export interface Moved {
	campaignId: string;
	accountId: string;
	state: string;
}

/** {@link hearAll} of one callback. */
export function hear(db: Db, heard: Heard) {
	return hearAll(db, [heard]);
}

/**
 * Moves attempts by callbacks, forward only: repeats and late arrivals change nothing, and a second call for the same attempt
 * never takes it over. The first word of an unknown attempt settles that it was placed. Ends it with its price when it is over.
 * Of one attempt there may be one callback: which of two would count is up to the database.
 */
export function hearAll(db: Db, heard: Heard[]) {
	const minutes = (seconds: SQL) => sql`(${seconds} + 59) / 60`; // one that has begun is a whole one
	return db.all<Moved>(sql`UPDATE attempts SET
			carrier_ref = coalesce(carrier_ref, h.carrierRef),
			state = iif(h.over, 'ended', 'live'),
			call_status = h.status,
			call_rank = h.rank,
			look_after = h.lookAfter,
			answered_by = coalesce(answered_by, h.answeredBy),
			answered_at = iif(h.status IN ('in-progress', 'completed'), coalesce(answered_at, h.now), answered_at),
			duration_seconds = coalesce(h.durationSeconds, duration_seconds),
			error_code = coalesce(error_code, h.errorCode),
			ended_at = iif(h.over, h.now, NULL),
			cost_micros = iif(h.over, min(hold_micros, ${minutes(sql`coalesce(h.durationSeconds, 0)`)} * minute_micros
				+ ${minutes(sql`coalesce(transfer_seconds, 0)`)} * transfer_minute_micros), NULL),
			disposition = CASE WHEN h.over THEN CASE
				WHEN opted_out_at IS NOT NULL THEN 'opted_out'
				WHEN transferred_at IS NOT NULL THEN 'transferred'
				WHEN coalesce(answered_by, h.answeredBy) LIKE 'machine%' THEN 'machine'
				WHEN h.status = 'completed' OR answered_at IS NOT NULL THEN 'answered'
				WHEN h.status = 'busy' THEN 'busy'
				WHEN h.status = 'no-answer' THEN 'no_answer'
				WHEN h.status = 'canceled' THEN 'cancelled'
				ELSE 'failed' END END
		FROM (SELECT value ->> 'attemptId' AS attemptId, value ->> 'carrierRef' AS carrierRef, value ->> 'status' AS status,
				value ->> 'rank' AS rank, value ->> 'over' AS over, value ->> 'durationSeconds' AS durationSeconds,
				value ->> 'answeredBy' AS answeredBy, value ->> 'errorCode' AS errorCode, value ->> 'lookAfter' AS lookAfter,
				value ->> 'now' AS now
			FROM json_each(${JSON.stringify(heard)})) AS h
		WHERE attempts.id = h.attemptId AND state IN ('dialing', 'unknown', 'live') AND call_rank < h.rank
			AND (carrier_ref IS NULL OR carrier_ref = h.carrierRef)
		RETURNING campaign_id AS campaignId, account_id AS accountId, state`);
}

/** What a call that was picked up is to hear. */
export interface Script {
	attemptId: string;
	accountId: string;
	campaignId: string;
	e164: string;
	callerE164: string;
	greetingFileId: string | null;
	transferE164: string | null;
	maxCallSeconds: number;
	pressed: string | null;
	/** Who the carrier believes to have picked up, when that is known already. */
	answeredBy: string | null;
}

const scriptColumns = sql`a.id AS attemptId, a.account_id AS accountId, a.campaign_id AS campaignId, a.e164, a.caller_e164 AS callerE164,
	c.greeting_file_id AS greetingFileId, t.e164 AS transferE164, c.max_call_seconds AS maxCallSeconds, a.digits AS pressed,
	a.answered_by AS answeredBy`;

/**
 * The script of an attempt that may be greeted: this very call, neither over nor of a cancelled campaign, and nobody who said
 * stop meanwhile. No row: hang up.
 */
export function scriptOf(db: Db, attemptId: string, carrierRef: string) {
	return db.all<Script>(sql`SELECT ${scriptColumns} FROM attempts a
		JOIN campaigns c ON c.id = a.campaign_id
		LEFT JOIN transfer_numbers t ON t.account_id = c.account_id AND t.id = c.transfer_number_id
		WHERE a.id = ${attemptId} AND a.carrier_ref = ${carrierRef} AND a.state = 'live' AND c.status <> 'cancelled'
			AND (a.opted_out_at IS NOT NULL OR ${notSuppressed(sql`a.account_id`, sql`a.e164`, "calls")})`);
}

/** Notes the first key that was pressed in a live call, and what follows from it. A stop counts even when the call has ended since. */
export function notePressed(
	db: Db,
	p: { attemptId: string; carrierRef: string; digits: string; transfer: boolean; optOut: boolean; now: number },
) {
	return db.all<{ accountId: string; campaignId: string; e164: string }>(sql`UPDATE attempts SET
			digits = coalesce(digits, ${p.digits}),
			transferred_at = CASE WHEN ${p.transfer ? 1 : 0} THEN coalesce(transferred_at, ${p.now}) ELSE transferred_at END,
			opted_out_at = CASE WHEN ${p.optOut ? 1 : 0} THEN coalesce(opted_out_at, ${p.now}) ELSE opted_out_at END
		WHERE id = ${p.attemptId} AND carrier_ref = ${p.carrierRef} AND (state = 'live' OR (state = 'ended' AND ${p.optOut ? 1 : 0}))
		RETURNING account_id AS accountId, campaign_id AS campaignId, e164`);
}

/** Notes how long a transfer lasted; it is charged with the call. */
export function noteTransfer(db: Db, attemptId: string, carrierRef: string, seconds: number): Statement {
	return db.run(sql`UPDATE attempts SET transfer_seconds = coalesce(transfer_seconds, ${seconds})
		WHERE id = ${attemptId} AND carrier_ref = ${carrierRef} AND state = 'live'`);
}

/** Something that a carrier said of an attempt. `key` is the same whenever it says it again. */
export interface CarrierEvent {
	key: string;
	attemptId: string;
	kind: string;
	payload: unknown;
	now: number;
}

/** Keeps what a carrier said, once: a repeat violates its key and aborts the whole batch. */
export function keepEvent(db: Db, event: CarrierEvent): Statement {
	return db.run(insertEvents([event]));
}

/** {@link keepEvent} of many, where a repeat is left out. For effects that a repeat does not change. */
export function keepEvents(db: Db, events: CarrierEvent[]): Statement {
	return db.run(sql`${insertEvents(events)} ON CONFLICT DO NOTHING`);
}

/** What the carrier is to say again. */
export async function forgetEvent(db: Db, key: string): Promise<void> {
	await db.run(sql`DELETE FROM carrier_events WHERE event_key = ${key}`);
}

function insertEvents(events: CarrierEvent[]): SQL {
	return sql`INSERT INTO carrier_events (event_key, account_id, attempt_id, kind, payload, received_at)
		SELECT value ->> 'key', (SELECT account_id FROM attempts WHERE id = value ->> 'attemptId'), value ->> 'attemptId',
			value ->> 'kind', value -> 'payload', value ->> 'now'
		FROM json_each(${JSON.stringify(events)}) WHERE true`;
}

/** Open attempts of every account that nobody has heard of for too long, the most overdue first. */
export function overdueAttemptsAnyAccount(db: Db, now: number, limit: number) {
	return db
		.select()
		.from(attempts)
		.where(sql`${attempts.lookAfter} < ${now} AND ${attempts.state} IN ('claimed', 'dialing', 'unknown', 'live')`)
		.orderBy(attempts.lookAfter)
		.limit(limit);
}

/** Looks again later. */
export function lookAgain(db: Db, attemptId: string, at: number): Statement {
	return db.run(sql`UPDATE attempts SET look_after = ${at} WHERE id = ${attemptId}`);
}

/** Gives up on an attempt of which the carrier knows nothing: it counts as made, and its money goes back. */
export function endUnconfirmed(
	db: Db,
	attemptId: string,
	disposition: "unconfirmed" | "failed",
	now: number,
): Statement {
	return db.run(sql`UPDATE attempts SET state = 'ended', disposition = ${disposition}, cost_micros = 0, ended_at = ${now}
		WHERE id = ${attemptId} AND state IN ('dialing', 'unknown', 'live')`);
}

/**
 * Notes who picked up, as the carrier's detection has it, in a call that is not over; it may be the first that is heard of the call.
 * `isGreeted`: we have been asked what to say, and have said it without knowing.
 */
export function noteAnsweredBy(
	db: Db,
	attemptId: string,
	{ carrierRef, answeredBy }: { carrierRef: string; answeredBy: string },
) {
	return db
		.update(attempts)
		.set({ answeredBy: sql`coalesce(${attempts.answeredBy}, ${answeredBy})` })
		.where(
			and(
				eq(attempts.id, attemptId),
				or(isNull(attempts.carrierRef), eq(attempts.carrierRef, carrierRef)),
				inArray(attempts.state, ["dialing", "unknown", "live"]),
			),
		)
		.returning({
			isGreeted: sql<number>`EXISTS (SELECT 1 FROM carrier_events WHERE event_key = ${`${carrierRef}:answer:1`})`.as(
				"greeted",
			),
		});
}
