import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { notSuppressed, whoSilences } from "../../consent/store";
import type { Db, Statement } from "../../db/client";
import { fixed } from "../../db/fixed";
import { attempts } from "../../db/tables";
import { spendable } from "../../wallet/store";
import { callerOf } from "../callers/store";
import { asHeard, type Heard, type Moved } from "./heard/store";

export type Attempt = typeof attempts.$inferSelect;

/** An attempt that may be dialed, or is claimed to be. */
export interface Ready {
	id: string;
	e164: string;
	callerE164: string;
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

/**
 * Claims people who are due, up to `ahead` of the calls, each with its money held (RELIABILITY: steps 1 and 2 in one transaction, the
 * hold by trigger). Never more than the wallet covers, none unless the campaign runs, none who said stop.
 */
export function claim(db: Db, c: Claim): Statement {
	return db.run(sql`INSERT INTO attempts
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
		ON CONFLICT DO NOTHING`);
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
		RETURNING id, e164, caller_e164 AS callerE164,
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

/** {@link hearAll} of one callback. */
export function hear(db: Db, heard: Heard) {
	return hearAll(db, { list: JSON.stringify([heard]) });
}

/**
 * Moves attempts by callbacks, forward only: repeats and late arrivals change nothing, and a second call for the same attempt
 * never takes it over. The first word of an unknown attempt settles that it was placed. Ends it with its price when it is over.
 * `list` is JSON of many {@link Heard}; of one attempt there may be one: which of two would count is up to the database.
 */
export const hearAll = fixed<{ list: string }>()((db, its) =>
	db.all<Moved>(sql`UPDATE attempts SET ${asHeard(its.list)}
		WHERE attempts.id = h.attemptId AND state IN ('dialing', 'unknown', 'live') AND call_rank < h.rank
			AND (carrier_ref IS NULL OR carrier_ref = h.carrierRef)
		RETURNING campaign_id AS campaignId, state`),
);

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

/**
 * Notes how long a transfer lasted, and that somebody took it; it is charged with the call. Also a call that is over learns it: which of
 * the two ends is told first is up to the carrier.
 */
export function noteTransfer(
	db: Db,
	t: { attemptId: string; carrierRef: string; connected: boolean; seconds: number; now: number },
): Statement {
	return db.run(sql`UPDATE attempts SET transfer_seconds = coalesce(transfer_seconds, ${t.seconds}),
			connected_at = coalesce(connected_at, ${t.connected ? t.now - 1000 * t.seconds : null})
		WHERE id = ${t.attemptId} AND carrier_ref = ${t.carrierRef} AND state IN ('live', 'ended')`);
}

/** Notes that somebody took the call of a 1 who stays until it ends, and is charged until then. */
export function noteConnected(db: Db, c: { attemptId: string; carrierRef: string; now: number }): Statement {
	return db.run(sql`UPDATE attempts SET connected_at = coalesce(connected_at, ${c.now})
		WHERE id = ${c.attemptId} AND carrier_ref = ${c.carrierRef} AND state = 'live'`);
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
