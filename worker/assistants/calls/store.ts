import { and, asc, desc, eq, lt, lte, sql } from "drizzle-orm";
import { type Db, inOneBatch, type Statement } from "../../db/client";
import { assistantCalls, assistantEvents } from "../../db/tables";
import type { AboutCall, AssistantCallStatus, CallReport } from "../../pure/assistant-call";
import { endedBucket } from "../../pure/ended-reason";
import { callPrices } from "../../wallet/store";

export type AssistantCallRow = typeof assistantCalls.$inferSelect;

/** What an event breaks that was heard before. */
export const EVENT_RULE = "assistant_events.event_key";

const RANKS: Record<AssistantCallStatus, number> = {
	scheduled: 0,
	queued: 1,
	ringing: 2,
	"in-progress": 3,
	forwarding: 4,
	ended: 5,
};

const HOUR_MS = 3_600_000;

/** How a call ended, in the provider's words, that goes on with somebody else. */
const HANDED_ON = "assistant-forwarded-call";

// Whose a call is: its assistant's account, or that of whoever has the number that it came in on.
function ownerOf({ assistantRef, numberRef, ownNumber }: AboutCall) {
	return sql`SELECT account_id, id FROM assistants WHERE provider_ref = ${assistantRef}
		UNION ALL SELECT a.account_id, a.id FROM numbers n JOIN assistant_connections c ON c.number_id = n.id
			JOIN assistants a ON a.account_id = c.account_id AND a.id = coalesce(c.assistant_id, c.wanted_id)
			WHERE n.e164 = ${ownNumber} AND n.status IN ('pending', 'active', 'releasing') AND coalesce(c.provider_ref = ${numberRef}, 1)
		LIMIT 1`;
}

/** Remembers an event of the provider. The second of two equal ones breaks {@link EVENT_RULE} and takes its batch with it. */
export function rememberEvent(db: Db, about: AboutCall, type: string, eventKey: string, now: number): Statement {
	return db.run(sql`INSERT INTO ${assistantEvents} (event_key, account_id, call_ref, type, received_at)
		VALUES (${eventKey}, (SELECT account_id FROM (${ownerOf(about)})), ${about.callRef}, ${type}, ${now})`);
}

export interface FirstHeard {
	id: string;
	status: AssistantCallStatus;
	at: number;
}

/** Writes a call down that has not been heard of, or moves its status on; what came late changes nothing. A call that is nobody's has no row. */
export function noteStatusAnyAccount(db: Db, about: AboutCall, { id, status, at }: FirstHeard): Statement {
	const { callRef, carrierRef, direction, ownNumber, customer } = about;
	const [from, to] = direction === "inbound" ? [customer, ownNumber] : [ownNumber, customer];
	const rank = RANKS[status];
	return db.run(sql`INSERT INTO ${assistantCalls} (id, account_id, assistant_id, provider_ref, carrier_ref, direction,
			from_address, to_address, status, rank, started_at, look_after)
		SELECT ${id}, o.account_id, o.id, ${callRef}, ${carrierRef}, ${direction}, ${from ?? ""}, ${to ?? ""}, ${status}, ${rank}, ${at},
			${at + HOUR_MS}
		FROM (${ownerOf(about)}) o WHERE 1
		ON CONFLICT (provider_ref) DO UPDATE SET
			status = iif(excluded.rank > rank, excluded.status, status),
			rank = max(excluded.rank, rank),
			started_at = iif(rank < 3 AND excluded.rank = 3, excluded.started_at, started_at),
			carrier_ref = coalesce(carrier_ref, excluded.carrier_ref),
			from_address = coalesce(nullif(from_address, ''), excluded.from_address),
			to_address = coalesce(nullif(to_address, ''), excluded.to_address),
			look_after = CASE WHEN reported_at IS NOT NULL THEN look_after WHEN excluded.rank = 5 THEN ${at + 120_000} ELSE look_after END`);
}

/** What a report tells: once; a second one finds the first. Needs {@link noteStatusAnyAccount} before it in the batch. */
export function noteReportAnyAccount(db: Db, report: CallReport, now: number): Statement {
	const { callRef, startedAt, endedAt, endedReason, costMicros, transcript, turns, summary, hasRecording } = report;
	const seconds =
		startedAt === null || endedAt === null
			? 0
			: Math.min(86_400, Math.max(0, Math.round((endedAt - startedAt) / 1000)));
	return db
		.update(assistantCalls)
		.set({
			status: "ended",
			rank: RANKS.ended,
			...(startedAt === null ? {} : { startedAt }),
			endedAt: endedAt ?? now,
			durationSeconds: seconds,
			endedReason,
			endedBucket: endedBucket(endedReason),
			costMicros,
			transcript,
			turns: JSON.stringify(turns),
			summary,
			...(endedReason === HANDED_ON
				? {
						transferredTo: sql`coalesce(transferred_to, (SELECT spec ->> 'transferTo' FROM assistants a WHERE a.id = assistant_id))`,
						legLookAfter: now,
					}
				: {}),
			recording: hasRecording ? "wanted" : "none",
			lookAfter: hasRecording ? now : null,
			tries: 0,
			reportedAt: now,
		})
		.where(and(eq(assistantCalls.providerRef, callRef), sql`${assistantCalls.reportedAt} IS NULL`));
}

/** Notes to whom a call went. The leg there is to be paid for. */
export function noteTransferAnyAccount(db: Db, callRef: string, to: string, now: number): Statement {
	return db
		.update(assistantCalls)
		.set({ transferredTo: to, legLookAfter: now })
		.where(eq(assistantCalls.providerRef, callRef));
}

/** For the cron: calls that were handed on and whose leg has not been paid for. */
export function handedOnAnyAccount(db: Db, now: number, limit: number): Promise<AssistantCallRow[]> {
	return db
		.select()
		.from(assistantCalls)
		.where(and(sql`${assistantCalls.legLookAfter} IS NOT NULL`, lte(assistantCalls.legLookAfter, now)))
		.orderBy(asc(assistantCalls.legLookAfter))
		.limit(limit);
}

/** Looks for the leg again later, or never. */
export function lookAtLeg(db: Db, { accountId, id }: AssistantCallRow, lookAfter: number | null): Statement {
	return db
		.update(assistantCalls)
		.set({ legLookAfter: lookAfter })
		.where(and(eq(assistantCalls.accountId, accountId), eq(assistantCalls.id, id)));
}

/** Whose call it is; NULL for nobody's. For the live feed, in the same batch. */
export function accountOfCall(callRef: string) {
	return sql<string>`(SELECT account_id FROM assistant_calls WHERE provider_ref = ${callRef})`;
}

/** The call as the pages know it, for the live feed. */
export function hintOf(callRef: string) {
	return sql`(SELECT json_object('assistantCallId', id, 'assistantId', assistant_id, 'status', status)
		FROM assistant_calls WHERE provider_ref = ${callRef})`;
}

/** To whom an assistant may hand a call over, by the provider's name for it, with the money there is and what minutes cost; null when to nobody. */
export async function destinationAnyAccount(db: Db, assistantRef: string) {
	const [[row], prices] = await inOneBatch(db, [
		db.all<{ number: string | null; availableMicros: number }>(
			sql`SELECT a.spec ->> 'transferTo' AS number, w.available_micros AS "availableMicros"
				FROM assistants a JOIN wallets w ON w.account_id = a.account_id
				WHERE a.provider_ref = ${assistantRef} AND a.status <> 'deleted'`,
		),
		callPrices(db),
	]);
	return row?.number ? { number: row.number, availableMicros: row.availableMicros, prices } : null;
}

/** With the call log's name for the same call. */
const logged = {
	call: assistantCalls,
	callId: sql<string | null>`(SELECT c.id FROM calls c WHERE c.account_id = assistant_calls.account_id
		AND (c.carrier_ref = assistant_calls.carrier_ref OR c.id = 'call_' || substr(assistant_calls.id, 5)))`.as(
		"logged_id",
	),
};
export type LoggedAssistantCall = { call: AssistantCallRow; callId: string | null };

export function callsPage(
	db: Db,
	accountId: string,
	{ assistantId, before, limit }: { assistantId: string | undefined; before: string | undefined; limit: number },
): Promise<LoggedAssistantCall[]> {
	return db
		.select(logged)
		.from(assistantCalls)
		.where(
			and(
				eq(assistantCalls.accountId, accountId),
				assistantId === undefined ? undefined : eq(assistantCalls.assistantId, assistantId),
				before === undefined ? undefined : lt(assistantCalls.id, before),
			),
		)
		.orderBy(desc(assistantCalls.id))
		.limit(limit + 1);
}

export async function findCall(db: Db, accountId: string, id: string): Promise<LoggedAssistantCall | null> {
	const [row] = await db
		.select(logged)
		.from(assistantCalls)
		.where(and(eq(assistantCalls.accountId, accountId), eq(assistantCalls.id, id)));
	return row ?? null;
}

/** What an assistant had to do with a call of the log; for its story. */
export function assistantsPartIn(db: Db, accountId: string, callId: string) {
	return db
		.select({
			name: sql<string>`(SELECT name FROM assistants s WHERE s.id = assistant_id)`.as("its_name"),
			startedAt: assistantCalls.startedAt,
			endedAt: assistantCalls.endedAt,
			endedReason: assistantCalls.endedReason,
			endedBucket: assistantCalls.endedBucket,
			summary: assistantCalls.summary,
			turns: assistantCalls.turns,
			transferredTo: assistantCalls.transferredTo,
		})
		.from(assistantCalls)
		.where(
			sql`${assistantCalls.accountId} = ${accountId} AND (${assistantCalls.id} = ${`acl_${callId.slice(5)}`}
				OR ${assistantCalls.carrierRef} = (SELECT carrier_ref FROM calls c WHERE c.account_id = ${accountId} AND c.id = ${callId}))`,
		)
		.limit(1);
}
export type AssistantsPart = Awaited<ReturnType<typeof assistantsPartIn>>[number];

/** For the cron: calls whose report or recording is overdue, each with what its assistant is. */
export function overdueCallsAnyAccount(db: Db, now: number, limit: number) {
	return db
		.select({
			call: assistantCalls,
			spec: sql<string>`(SELECT spec FROM assistants a WHERE a.id = assistant_id)`.as("its_spec"),
		})
		.from(assistantCalls)
		.where(and(sql`${assistantCalls.lookAfter} IS NOT NULL`, lte(assistantCalls.lookAfter, now)))
		.orderBy(asc(assistantCalls.lookAfter))
		.limit(limit);
}

/** Asks again later, or never. */
export function lookAtCall(db: Db, { accountId, id }: AssistantCallRow, lookAfter: number | null): Statement {
	return db
		.update(assistantCalls)
		.set({ lookAfter, tries: sql`tries + 1` })
		.where(and(eq(assistantCalls.accountId, accountId), eq(assistantCalls.id, id)));
}

export function keepRecording(
	db: Db,
	{ accountId, id }: AssistantCallRow,
	kept: Pick<AssistantCallRow, "recording" | "r2Key" | "mediaType" | "byteLength">,
): Statement {
	return db
		.update(assistantCalls)
		.set({ ...kept, lookAfter: null })
		.where(and(eq(assistantCalls.accountId, accountId), eq(assistantCalls.id, id)));
}

/** For the cron: events so old that the provider does not repeat them. */
export async function forgetEventsAnyAccount(db: Db, before: number, limit: number): Promise<void> {
	await db.run(sql`DELETE FROM assistant_events WHERE event_key IN
		(SELECT event_key FROM assistant_events WHERE received_at < ${before} ORDER BY received_at LIMIT ${limit})`);
}
