import { type SQL, sql } from "drizzle-orm";
import { ulid } from "ulid";
import { type Db, inOneBatch, type Statement } from "../db/client";
import type { GivenEach } from "../db/fixed";
import { type callEvents, calls, users } from "../db/tables";
import type { CallEntry } from "../signaling/leg";
import { addRingingAnyAccount, addStoryAnyAccount, type CallName, isNamed } from "./story/store";

export type CallRow = typeof calls.$inferSelect;
export type CallEventRow = typeof callEvents.$inferSelect;

/** Writes a finished browser call into its person's log, once. An identity that nobody has has no log. */
export async function addCallAnyAccount(db: Db, entry: CallEntry): Promise<void> {
	// A caller who uses the name of an earlier call again is logged all the same; the same entry twice is one.
	const again = `${entry.call}:${entry.startedAt}`;
	const seconds = entry.answeredAt === null ? 0 : Math.round((entry.endedAt - entry.answeredAt) / 1000);
	const logged = db.run(sql`
		INSERT INTO ${calls} (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity,
			peer_name, status, started_at, answered_at, ended_at, duration_seconds, answered_by)
		SELECT ${`call_${ulid(entry.startedAt)}`}, account_id, id, iif(EXISTS (SELECT 1 FROM calls c WHERE c.user_id = ${users}.id
				AND c.call_ref = ${entry.call} AND c.started_at <> ${entry.startedAt}), ${again}, ${entry.call}), 'browser', ${entry.direction},
			iif(${entry.direction} = 'outbound', coalesce(personal_e164, ${entry.from}), ${entry.from}),
			iif(${entry.direction} = 'inbound', coalesce(personal_e164, ${entry.to}), ${entry.to}),
			${entry.peerIdentity}, ${entry.peerName}, ${entry.status}, ${entry.startedAt}, ${entry.answeredAt},
			${entry.endedAt}, ${Math.max(0, seconds)}, ${entry.answeredAt === null ? null : "human"}
		FROM ${users} WHERE care4w_id = ${entry.identity}
		ON CONFLICT (user_id, call_ref) DO NOTHING`);
	if (entry.story.length === 0) return void (await logged);
	await inOneBatch<Statement>(db, [logged, addStoryAnyAccount(db, entry, again)]);
}

/** Gives a finished call what somebody found out about it later; facts fill gaps and never replace. */
export function noteFacts(
	db: Db,
	accountId: string,
	id: string,
	facts: { transcript?: string; assistantId?: string },
): Statement {
	return db.run(sql`UPDATE calls SET transcript = coalesce(transcript, ${facts.transcript ?? null}),
		assistant_id = coalesce(assistant_id, ${facts.assistantId ?? null}) WHERE id = ${id} AND account_id = ${accountId}`);
}

export interface ComingIn {
	id: string;
	carrierRef: string;
	/** E.164, or '' for a caller who hides it. */
	from: string;
	to: string;
	name: string;
	lookAfter: number;
	now: number;
}

/** Begins the record of a call that comes in, in the log of whoever has its line. Once; nothing for a line that nobody has. */
export function takeCallByNumberAnyAccount(db: Db, c: GivenEach<ComingIn>) {
	return [
		db.run(sql`INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, peer_name,
				status, call_rank, carrier_ref, started_at, look_after)
			SELECT ${c.id}, account_id, coalesce(assigned_to, account_id), ${c.id}, 'carrier', 'inbound', ${c.from}, e164, e164, ${c.name},
				'ringing', 3, ${c.carrierRef}, ${c.now}, ${c.lookAfter}
			FROM numbers WHERE e164 = ${c.to} AND status IN ('pending', 'active', 'releasing') AND status = 'active'
			ON CONFLICT DO NOTHING`),
		addRingingAnyAccount(db, c),
	] as const;
}

/** The log's name for a campaign's call. */
export const callOfAttempt = (attemptId: string) => `call_${attemptId.slice(4)}`;
/** The other way round; the name of no attempt for a call of no campaign. */
export const attemptOfCall = (callId: string) => `att_${callId.slice(5)}`;

/** Begins the record of a campaign's call before it is over, for whoever is to take it or something to keep of it; `route` says how it goes on. Once. */
export function takeCallOfAttemptAnyAccount(
	db: Db,
	{ attemptId, carrierRef, route }: { attemptId: string; carrierRef: string; route: object },
): Statement {
	return db.run(sql`INSERT INTO calls (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, own_e164, peer_name,
			status, call_rank, carrier_ref, started_at, answered_at, campaign_id, route)
		SELECT ${callOfAttempt(attemptId)}, a.account_id, a.account_id, a.id, 'campaign', 'outbound', a.caller_e164, a.e164, a.caller_e164,
			coalesce(trim(c.first_name || ' ' || c.last_name), ''), 'in_progress', 4, a.carrier_ref,
			coalesce(a.dialed_at, a.claimed_at), a.answered_at, a.campaign_id, ${JSON.stringify(route)}
		FROM attempts a LEFT JOIN contacts c ON c.account_id = a.account_id AND c.id = a.contact_id
		WHERE a.id = ${attemptId} AND a.carrier_ref = ${carrierRef} AND a.state = 'live'
		ON CONFLICT DO NOTHING`);
}

export interface Placing {
	id: string;
	accountId: string;
	userId: string;
	from: string;
	to: string;
	via: "browser" | "phone";
	/** `to` is a call identity, whose person has the call in their own log as well. */
	person?: true;
	/** What is set aside for it; none for what costs nothing. */
	usageRef?: string;
	lookAfter: number;
	now: number;
}

/** Begins the record of a call that somebody makes. Breaks {@link ONE_AT_A_TIME} for a second one from the browser. */
export function placeCallOf(db: Db, p: Placing) {
	return db
		.insert(calls)
		.values({
			id: p.id,
			accountId: p.accountId,
			userId: p.userId,
			callRef: p.id,
			kind: p.person ? "browser" : "carrier",
			peerIdentity: p.person ? p.to : "",
			direction: "outbound",
			fromAddress: p.from,
			toAddress: p.to,
			ownE164: p.person ? "" : p.from,
			status: "queued",
			callRank: 0,
			via: p.via,
			placing: "asking",
			startedAt: p.now,
			usageRef: p.usageRef ?? null,
			lookAfter: p.lookAfter,
		})
		.returning();
}

export const ONE_AT_A_TIME = "calls.user_id";
/** What breaks when this call, or another from the same browser, is under way already. */
export const AGAIN = new Set([ONE_AT_A_TIME, "calls.carrier_ref"]);

/** The carrier took the order: from now on it is known by this name. */
export function notePlaced(db: Db, accountId: string, id: string, carrierRef: string): Statement {
	return db.run(sql`UPDATE calls SET carrier_ref = coalesce(carrier_ref, ${carrierRef}), placing = NULL
		WHERE id = ${id} AND account_id = ${accountId}`);
}

export function noteUnclear(db: Db, accountId: string, id: string): Statement {
	return db.run(
		sql`UPDATE calls SET placing = 'unknown' WHERE id = ${id} AND account_id = ${accountId} AND carrier_ref IS NULL`,
	);
}

/** Ends a call that never came to anything. */
export function endUnplaced(db: Db, accountId: string, id: string, errorCode: string, now: number): Statement {
	return db.run(sql`UPDATE calls SET status = 'failed', error_code = ${errorCode}, ended_at = max(started_at, ${now}), placing = NULL,
		call_rank = 5, look_after = NULL
		WHERE id = ${id} AND account_id = ${accountId} AND ended_at IS NULL`);
}

/** What the carrier says of a call: its own leg, which is the caller's. */
export interface HeardOfCall extends CallName {
	status: string;
	rank: number;
	over: boolean;
	durationSeconds: number;
	sipCode: string;
	lookAfter: number;
	now: number;
}

export interface MovedCall {
	id: string;
	accountId: string;
	userId: string;
	status: CallRow["status"];
	usageRef: string | null;
	via: string;
	durationSeconds: number;
	answeredAt: number | null;
	endedAt: number | null;
}

/**
 * Moves a call by what the carrier says of it, forward only: repeats and late arrivals change nothing, the first end is final. Whether
 * somebody was reached is known from the other leg; this one ends the call.
 */
export function hearOfCall(db: Db, h: GivenEach<HeardOfCall>) {
	return db.all<MovedCall>(sql`UPDATE calls SET
			call_rank = ${h.rank},
			carrier_ref = coalesce(carrier_ref, ${h.carrierRef}),
			placing = NULL,
			ended_at = iif(${h.over}, max(started_at, ${h.now}), NULL),
			duration_seconds = iif(${h.over} AND answered_at IS NOT NULL AND duration_seconds = 0, ${h.durationSeconds}, duration_seconds),
			error_code = coalesce(error_code, iif(${h.status} = 'failed', 'sip:' || ${h.sipCode}, NULL)),
			look_after = iif(${h.over}, iif(usage_ref IS NULL AND via <> 'phone', NULL, ${h.now}), ${h.lookAfter}),
			status = CASE
				WHEN NOT ${h.over} THEN CASE WHEN answered_at IS NOT NULL THEN 'in_progress' WHEN ${h.rank} >= 3 THEN 'ringing' ELSE 'queued' END
				WHEN answered_at IS NOT NULL THEN 'completed'
				WHEN direction = 'inbound' THEN 'missed'
				WHEN error_code = 'dial:busy' THEN 'busy'
				WHEN error_code = 'dial:no-answer' THEN 'no_answer'
				WHEN error_code LIKE 'dial:%' OR ${h.status} = 'failed' THEN 'failed'
				ELSE 'cancelled' END
		WHERE ${isNamed(h)} AND ended_at IS NULL AND call_rank < ${h.rank} AND (carrier_ref IS NULL OR carrier_ref = ${h.carrierRef})
		RETURNING id, account_id AS "accountId", user_id AS "userId", status, usage_ref AS "usageRef", via,
			duration_seconds AS "durationSeconds", answered_at AS "answeredAt", ended_at AS "endedAt"`);
}

/** Somebody took the call. The first to do so is kept, and who has it now. */
export function answerCallAnyAccount(
	db: Db,
	id: string,
	answer: { by: string; userId: string | null; legRef?: string; now: number },
): Statement {
	const { legRef = null } = answer;
	// A line whose end was told first is not in the call any more.
	const isThere = sql`${legRef} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM call_events WHERE event_key = ${`${legRef}:leg:completed`})`;
	return db.run(sql`UPDATE calls SET status = 'in_progress', answered_at = coalesce(answered_at, ${answer.now}),
		answered_user_id = coalesce(answered_user_id, ${answer.userId}),
		leg_ref = iif(${isThere}, ${legRef}, leg_ref), leg_user_id = iif(${isThere}, ${answer.userId}, leg_user_id),
		talking_user_id = ${answer.userId},
		answered_by = iif(answered_by IN ('human', 'assistant', 'forward'), answered_by, ${answer.by})
		WHERE id = ${id} AND ended_at IS NULL`);
}

/** The caller reached no person but a machine of ours; the call stays a missed one. */
export function noteVoicemail(db: Db, id: string, carrierRef: string): Statement {
	return db.run(
		sql`UPDATE calls SET answered_by = coalesce(answered_by, 'voicemail') WHERE id = ${id} AND carrier_ref = ${carrierRef}`,
	);
}

/** How the other leg did: how long was spoken, or why not. */
export function noteLeg(db: Db, id: string, leg: { seconds: number; status: string }): Statement {
	const spoken = leg.status === "completed" || leg.status === "answered";
	return db.run(sql`UPDATE calls SET duration_seconds = max(duration_seconds, ${spoken ? leg.seconds : 0}),
		error_code = iif(${spoken ? 1 : 0} OR answered_at IS NOT NULL, error_code, coalesce(error_code, 'dial:' || ${leg.status}))
		WHERE id = ${id} AND direction = 'outbound' OR id = ${id} AND ${spoken ? 1 : 0}`);
}

/** A line is not in the call any more; gives whose line the call ends with while it goes on. */
export function legOver(db: Db, id: string, ref: string) {
	return db.all<{
		carrierRef: string | null;
	}>(sql`UPDATE calls SET leg_user_id = iif(leg_ref = ${ref}, NULL, leg_user_id),
		leg_ref = nullif(leg_ref, ${ref}) WHERE id = ${id} AND ended_at IS NULL RETURNING carrier_ref AS "carrierRef"`);
}

/** What is set aside for the leg that begins now. */
export function setUsage(db: Db, accountId: string, id: string, usageRef: string): Statement {
	return db.run(sql`UPDATE calls SET usage_ref = ${usageRef} WHERE id = ${id} AND account_id = ${accountId}`);
}

/** A call costs what its settled legs cost: their names begin with its own. */
export function addCost(db: Db, accountId: string, id: string, usageRefs: string[]): Statement {
	const refs = sql`(SELECT value FROM json_each(${JSON.stringify(usageRefs)}))`;
	return db.run(sql`UPDATE calls SET usage_ref = iif(usage_ref IN ${refs}, NULL, usage_ref),
		look_after = iif(ended_at IS NULL OR usage_ref NOT IN ${refs}, look_after, NULL),
		cost_micros = (SELECT sum(unit_micros * units_charged) FROM usages
			WHERE account_id = ${accountId} AND settled_at IS NOT NULL AND ref >= ${id} AND ref < ${`${id}~`})
		WHERE id = ${id} AND account_id = ${accountId}`);
}

/** What is to be done with a call from now on, instead of what its line's owner decided. */
export function setRoute(db: Db, accountId: string, id: string, route: object): Statement {
	return db.run(
		sql`UPDATE calls SET route = ${JSON.stringify(route)} WHERE id = ${id} AND account_id = ${accountId} AND ended_at IS NULL`,
	);
}

export function lookAgain(db: Db, id: string, at: number | null): Statement {
	return db.run(sql`UPDATE calls SET look_after = ${at} WHERE id = ${id}`);
}

/** Whose a call is and what its pages are told, by its id or the carrier's name for it; for the event in the same batch. */
export function accountOfCall(ref: string) {
	return hintOf(ref.startsWith("call_") ? sql`id = ${ref}` : sql`carrier_ref = ${ref}`);
}

/** The same of the call that fulfils a condition. */
export function hintOf(which: SQL): { account: SQL; payload: SQL } {
	return {
		account: sql`(SELECT account_id FROM calls WHERE ${which})`,
		payload: sql`(SELECT json_object('callId', id, 'status', status) FROM calls WHERE ${which})`,
	};
}
