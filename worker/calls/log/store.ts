import { and, asc, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { type AssistantsPart, assistantsPartIn } from "../../assistants/calls/store";
import { nameOfPeer } from "../../contacts/naming/store";
import type { Db } from "../../db/client";
import { callEvents, calls, carrierEvents, recordings } from "../../db/tables";
import { usesUnder } from "../../wallet/usage/store";
import { type ConsultRow, latestConsult } from "../consult/store";
import { attemptOfCall, type CallEventRow, type CallRow } from "../store";

export const recordingOf = (field: SQL) =>
	sql`(SELECT ${field} FROM ${recordings} r WHERE r.account_id = "calls"."account_id" AND r.call_id = "calls"."id"
		AND r.status IN ('fetching', 'ready') ORDER BY r.id DESC LIMIT 1)`;

export const logged = {
	call: calls,
	peerName: nameOfPeer.as("known_as"),
	recordingId: sql<string | null>`${recordingOf(sql`r.id`)}`.as("recording_id"),
	recordingKind: sql<"call" | "voicemail" | null>`${recordingOf(sql`r.kind`)}`.as("recording_kind"),
	recordingSeconds: sql<number | null>`${recordingOf(sql`r.duration_seconds`)}`.as("recording_seconds"),
};
export type LoggedCall = {
	call: CallRow;
	/** What the other end is called; '' when nobody knows. */
	peerName: string;
	recordingId: string | null;
	recordingKind: "call" | "voicemail" | null;
	recordingSeconds: number | null;
};

/** Why a call is a person's: it came to their line or was made by them, they answered it, or it was handed to them. */
export const OWN = [calls.userId, calls.answeredUserId, calls.talkingUserId];

/** Calls that somebody may see: the whole account's, or with `reach` one person's. */
const visible = (accountId: string, reach: string | null) =>
	and(eq(calls.accountId, accountId), reach === null ? undefined : or(...OWN.map((person) => eq(person, reach))));

export type LoggedStory = LoggedCall & {
	events: Pick<CallEventRow, "kind" | "detail" | "createdAt">[];
	legs: Awaited<ReturnType<typeof usesUnder>>;
	consult: ConsultRow | undefined;
	assistant: AssistantsPart | undefined;
};

/** A call and its story, oldest event first. Null when it is not there for the caller. One round trip. */
export async function callStory(
	db: Db,
	accountId: string,
	reach: string | null,
	id: string,
): Promise<LoggedStory | null> {
	const [call, recording, own, ofCampaign, legs, [consult], [assistant]] = await db.batch([
		db
			.select({ call: calls, peerName: nameOfPeer.as("known_as") })
			.from(calls)
			.where(and(visible(accountId, reach), eq(calls.id, id))),
		db
			.select({
				id: recordings.id,
				kind: recordings.kind,
				seconds: recordings.durationSeconds,
				transcript: recordings.transcript,
			})
			.from(recordings)
			.where(and(eq(recordings.accountId, accountId), eq(recordings.callId, id), sql`status IN ('fetching', 'ready')`))
			.orderBy(desc(recordings.id))
			.limit(1),
		db
			.select({ kind: callEvents.kind, detail: callEvents.detail, createdAt: callEvents.createdAt })
			.from(callEvents)
			.where(and(eq(callEvents.accountId, accountId), eq(callEvents.callId, id)))
			.orderBy(asc(callEvents.seq))
			.limit(500),
		attemptsPart(db, accountId, id),
		usesUnder(db, accountId, id),
		latestConsult(db, accountId, id),
		assistantsPartIn(db, accountId, id),
	]);
	const [found] = call;
	if (!found) return null;
	const [heard] = recording;
	const told = ofCampaign.map(({ detail, ...event }) => ({ ...event, detail: JSON.parse(detail) }));
	return {
		call: { ...found.call, transcript: found.call.transcript ?? heard?.transcript ?? null },
		peerName: found.peerName,
		recordingId: heard?.id ?? null,
		recordingKind: heard?.kind ?? null,
		recordingSeconds: heard?.seconds ?? null,
		events: [...own, ...told].sort((one, other) => one.createdAt - other.createdAt),
		legs,
		consult,
		assistant,
	};
}

/** What the carrier told and asked of a campaign's call, as events of its story; nothing of other calls. `detail` is JSON. */
function attemptsPart(db: Db, accountId: string, callId: string) {
	const said = (name: string) => sql`${carrierEvents.payload} ->> ${name}`;
	return db
		.select({
			kind: sql<string>`CASE ${carrierEvents.kind} WHEN 'answer' THEN 'greeted' WHEN 'keys' THEN 'pressed'
				WHEN 'transferred' THEN 'dialed' WHEN 'machine' THEN 'detected' WHEN 'message' THEN 'message_played'
				ELSE ${carrierEvents.kind} END`.as("event_kind"),
			// Patching leaves out what was not said.
			detail:
				sql<string>`json_patch('{}', json_object('status', coalesce(${said("DialCallStatus")}, ${said("CallStatus")}),
				'seconds', CAST(coalesce(${said("DialCallDuration")}, ${said("CallDuration")}) AS INTEGER),
				'digits', ${said("Digits")}, 'answeredBy', ${said("AnsweredBy")}))`.as("detail"),
			createdAt: carrierEvents.receivedAt,
		})
		.from(carrierEvents)
		.where(and(eq(carrierEvents.attemptId, attemptOfCall(callId)), eq(carrierEvents.accountId, accountId)))
		.orderBy(asc(carrierEvents.receivedAt))
		.limit(500);
}

/** Calls that go on now, the oldest first. */
export function liveCalls(db: Db, accountId: string, reach: string | null): Promise<LoggedCall[]> {
	return db
		.select(logged)
		.from(calls)
		.where(and(visible(accountId, reach), sql`${calls.endedAt} IS NULL`))
		.orderBy(asc(calls.id))
		.limit(200);
}

export async function findCall(
	db: Db,
	accountId: string,
	reach: string | null,
	id: string,
): Promise<CallRow | undefined> {
	const [found] = await db
		.select()
		.from(calls)
		.where(and(visible(accountId, reach), eq(calls.id, id)));
	return found;
}

/** A call by the carrier's name for it. */
export async function callOfCarrier(db: Db, accountId: string, carrierRef: string): Promise<CallRow | undefined> {
	const [found] = await db
		.select()
		.from(calls)
		.where(and(eq(calls.accountId, accountId), eq(calls.carrierRef, carrierRef)));
	return found;
}

/** True while a call of the account goes on. */
export async function hasLiveCalls(db: Db, accountId: string): Promise<boolean> {
	const found = await db
		.select({ id: calls.id })
		.from(calls)
		.where(and(eq(calls.accountId, accountId), isNull(calls.endedAt)))
		.limit(1);
	return found.length > 0;
}

/** Calls of which nothing was heard for too long, or of which something is left to settle, the most overdue first. */
export function overdueCallsAnyAccount(db: Db, now: number, limit: number): Promise<CallRow[]> {
	return db
		.select()
		.from(calls)
		.where(sql`${calls.lookAfter} IS NOT NULL AND ${calls.lookAfter} < ${now}`)
		.orderBy(asc(calls.lookAfter))
		.limit(limit);
}
