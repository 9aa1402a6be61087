import { and, asc, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { nameOfPeer } from "../contacts/naming/store";
import type { Db, Statement } from "../db/client";
import { calls, recordings, voiceSettings } from "../db/tables";

export type RecordingRow = typeof recordings.$inferSelect;
export type VoiceSettingsRow = typeof voiceSettings.$inferSelect;

export interface Recorded {
	id: string;
	callId: string;
	/** The carrier's name for a line of the call: a recording of another call is none of this one's. Null for one of a room. */
	callRef: string | null;
	kind: RecordingRow["kind"];
	carrierRef: string;
	seconds: number;
	now: number;
}

/** Notes a recording that the carrier has, to be fetched from there; once by its name. In the log of whoever the call is for. */
export function noteRecordingAnyAccount(db: Db, r: Recorded) {
	return db.all<{
		id: string;
	}>(sql`INSERT INTO recordings (id, account_id, call_id, user_id, kind, carrier_ref, status, r2_key,
			duration_seconds, created_at, next_try)
		SELECT ${r.id}, account_id, id, user_id, ${r.kind}, ${r.carrierRef}, 'fetching', 't/' || account_id || '/recordings/' || ${r.id},
			${r.seconds}, ${r.now}, ${r.now}
		FROM calls c WHERE id = ${r.callId} AND (${r.callRef} IS NULL OR carrier_ref = ${r.callRef} OR EXISTS (SELECT 1 FROM consults k
			WHERE k.account_id = c.account_id AND k.call_id = c.id AND ${r.callRef} IN (k.agent_ref, k.customer_ref, k.target_ref)))
		ON CONFLICT DO NOTHING RETURNING id`);
}

/** The same for a campaign's call, which stands in the log under its attempt's name. */
export function noteRecordingOfAttemptAnyAccount(db: Db, r: Omit<Recorded, "callId" | "kind"> & { attemptId: string }) {
	return db.all<{
		id: string;
	}>(sql`INSERT INTO recordings (id, account_id, call_id, user_id, kind, carrier_ref, status, r2_key,
			duration_seconds, created_at, next_try)
		SELECT ${r.id}, c.account_id, c.id, c.user_id, 'call', ${r.carrierRef}, 'fetching', 't/' || c.account_id || '/recordings/' || ${r.id},
			${r.seconds}, ${r.now}, ${r.now}
		FROM attempts a JOIN calls c ON c.account_id = a.account_id AND c.id = 'call_' || substr(a.id, 5)
		WHERE a.id = ${r.attemptId} AND a.carrier_ref = ${r.callRef} ON CONFLICT DO NOTHING RETURNING id`);
}

/** What was said, as somebody wrote it down; the first version stays. */
export function noteTranscriptAnyAccount(db: Db, callId: string, carrierRef: string, text: string): Statement {
	return db.run(sql`UPDATE recordings SET transcript = coalesce(transcript, ${text})
		WHERE call_id = ${callId} AND carrier_ref = ${carrierRef}`);
}

export async function findAnyAccount(db: Db, id: string): Promise<RecordingRow | undefined> {
	const [row] = await db.select().from(recordings).where(eq(recordings.id, id));
	return row;
}

/** For the cron: what is still to be fetched. */
export function toFetchAnyAccount(db: Db, now: number, limit: number): Promise<RecordingRow[]> {
	return db
		.select()
		.from(recordings)
		.where(and(sql`${recordings.status} = 'fetching'`, lt(recordings.nextTry, now)))
		.orderBy(asc(recordings.nextTry))
		.limit(limit);
}

const one = ({ accountId, id }: Pick<RecordingRow, "accountId" | "id">) =>
	and(eq(recordings.accountId, accountId), eq(recordings.id, id));

/** The bytes are here. No row when the recording was deleted meanwhile. */
export function markReady(db: Db, row: RecordingRow, about: { mediaType: string; byteLength: number }) {
	return db
		.update(recordings)
		.set({ ...about, status: "ready", nextTry: null })
		.where(and(one(row), eq(recordings.status, "fetching")))
		.returning({ id: recordings.id });
}

export function tryAgain(db: Db, row: RecordingRow, at: number | null) {
	return db
		.update(recordings)
		.set({ tries: row.tries + 1, nextTry: at, ...(at === null ? { status: "failed" as const } : {}) })
		.where(and(one(row), eq(recordings.status, "fetching")));
}

const reaching = (accountId: string, reach: string | null) =>
	and(eq(recordings.accountId, accountId), reach === null ? undefined : eq(recordings.userId, reach));

/** The latest recording of a call. */
export async function recordingOfCall(
	db: Db,
	accountId: string,
	reach: string | null,
	callId: string,
): Promise<RecordingRow | undefined> {
	const [row] = await db
		.select()
		.from(recordings)
		.where(and(reaching(accountId, reach), eq(recordings.callId, callId), sql`${recordings.status} <> 'deleted'`))
		.orderBy(desc(recordings.id))
		.limit(1);
	return row;
}

/** Deletes what is recorded of a call, or one recording; says where the bytes lie. */
export function deleting(db: Db, accountId: string, reach: string | null, which: { callId: string } | { id: string }) {
	return db
		.update(recordings)
		.set({ status: "deleted", nextTry: null, transcript: null })
		.where(
			and(
				reaching(accountId, reach),
				"id" in which ? eq(recordings.id, which.id) : eq(recordings.callId, which.callId),
				sql`${recordings.status} <> 'deleted'`,
			),
		)
		.returning({
			id: recordings.id,
			r2Key: recordings.r2Key,
			carrierRef: recordings.carrierRef,
			source: recordings.source,
		});
}

const isVoicemail = sql`${recordings.kind} = 'voicemail' AND ${recordings.status} <> 'deleted'`;

/** Messages that callers left, the latest first, each with its call. */
export function voicemailPage(
	db: Db,
	accountId: string,
	asked: { reach: string | null; unheard: boolean; before: string | undefined; limit: number },
) {
	return db
		.select({ recording: recordings, from: calls.fromAddress, to: calls.toAddress, name: nameOfPeer.as("known_as") })
		.from(recordings)
		.innerJoin(calls, and(eq(calls.accountId, recordings.accountId), eq(calls.id, recordings.callId)))
		.where(
			and(
				reaching(accountId, asked.reach),
				isVoicemail,
				asked.unheard ? isNull(recordings.heardAt) : undefined,
				asked.before === undefined ? undefined : lt(recordings.id, asked.before),
			),
		)
		.orderBy(desc(recordings.id))
		.limit(asked.limit + 1);
}
export type VoicemailRow = Awaited<ReturnType<typeof voicemailPage>>[number];

export function hearing(db: Db, accountId: string, reach: string | null, id: string, now: number) {
	return db
		.update(recordings)
		.set({ heardAt: sql`coalesce(heard_at, ${now})` })
		.where(and(reaching(accountId, reach), eq(recordings.id, id), isVoicemail))
		.returning({ id: recordings.id });
}

/** For the cron: what is older than its account wants to keep it. */
export function outdatedAnyAccount(db: Db, now: number, limit: number) {
	return db
		.select({ id: recordings.id, accountId: recordings.accountId })
		.from(voiceSettings)
		.innerJoin(recordings, eq(recordings.accountId, voiceSettings.accountId))
		.where(
			sql`${voiceSettings.retentionDays} IS NOT NULL AND ${recordings.status} = 'ready'
				AND ${recordings.createdAt} < ${now} - ${voiceSettings.retentionDays} * 86400000`,
		)
		.limit(limit);
}

const AT_FIRST = { recordCalls: false, announcement: "This call is recorded.", transcribe: false, retentionDays: null };

export async function findVoiceSettings(db: Db, accountId: string): Promise<Omit<VoiceSettingsRow, "accountId">> {
	const [row] = await db.select().from(voiceSettings).where(eq(voiceSettings.accountId, accountId));
	return row ?? AT_FIRST;
}

export function putVoiceSettings(
	db: Db,
	accountId: string,
	change: Partial<Omit<VoiceSettingsRow, "accountId">>,
): Statement {
	const write = db.insert(voiceSettings).values({ ...AT_FIRST, ...change, accountId });
	return Object.keys(change).length > 0
		? write.onConflictDoUpdate({ target: voiceSettings.accountId, set: change })
		: write.onConflictDoNothing();
}
