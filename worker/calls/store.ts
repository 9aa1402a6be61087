import { and, asc, desc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { Db, Statement } from "../db/client";
import { callEvents, calls, recordings, users } from "../db/tables";
import type { CallEntry } from "../signaling/leg";
import type { CallFilter } from "./inputs";

export type CallRow = typeof calls.$inferSelect;
export type CallEventRow = typeof callEvents.$inferSelect;

/** Writes a finished browser call into its person's log, once. An identity that nobody has has no log. */
export async function addCallAnyAccount(db: Db, entry: CallEntry): Promise<void> {
	const seconds = entry.answeredAt === null ? 0 : Math.round((entry.endedAt - entry.answeredAt) / 1000);
	await db.run(sql`
		INSERT INTO ${calls} (id, account_id, user_id, call_ref, kind, direction, from_address, to_address, peer_identity,
			peer_name, status, started_at, answered_at, ended_at, duration_seconds, answered_by)
		SELECT ${`call_${ulid(entry.startedAt)}`}, account_id, id, ${entry.call}, 'browser', ${entry.direction},
			iif(${entry.direction} = 'outbound', coalesce(personal_e164, ${entry.from}), ${entry.from}),
			iif(${entry.direction} = 'inbound', coalesce(personal_e164, ${entry.to}), ${entry.to}),
			${entry.peerIdentity}, ${entry.peerName}, ${entry.status}, ${entry.startedAt}, ${entry.answeredAt},
			${entry.endedAt}, ${Math.max(0, seconds)}, ${entry.answeredAt === null ? null : "human"}
		FROM ${users} WHERE care4w_id = ${entry.identity}
		ON CONFLICT (user_id, call_ref) DO NOTHING`);
}

const recordingOf = (field: SQL) =>
	sql`(SELECT ${field} FROM ${recordings} r WHERE r.account_id = "calls"."account_id" AND r.call_id = "calls"."id"
		AND r.status IN ('fetching', 'ready') ORDER BY r.id DESC LIMIT 1)`;

const logged = {
	call: calls,
	recordingId: sql<string | null>`${recordingOf(sql`r.id`)}`.as("recording_id"),
	recordingKind: sql<"call" | "voicemail" | null>`${recordingOf(sql`r.kind`)}`.as("recording_kind"),
	recordingSeconds: sql<number | null>`${recordingOf(sql`r.duration_seconds`)}`.as("recording_seconds"),
};
export type LoggedCall = {
	call: CallRow;
	recordingId: string | null;
	recordingKind: "call" | "voicemail" | null;
	recordingSeconds: number | null;
};

/** Calls that somebody may see: the whole account's, or with `reach` one person's. */
const visible = (accountId: string, reach: string | null) =>
	and(eq(calls.accountId, accountId), reach === null ? undefined : eq(calls.userId, reach));

const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
const within = (column: SQL | typeof calls.peerName, text: string) => sql`${column} LIKE ${like(text)} ESCAPE '\\'`;

function filtered(filter: Omit<CallFilter, "userId">) {
	const { direction, kind, status, number, from, to, campaignId, assistantId, q } = filter;
	return and(
		direction && eq(calls.direction, direction),
		kind && eq(calls.kind, kind),
		status && eq(calls.status, status),
		number === undefined ? undefined : or(eq(calls.fromAddress, number), eq(calls.toAddress, number)),
		from === undefined ? undefined : gte(calls.startedAt, from),
		to === undefined ? undefined : lt(calls.startedAt, to),
		campaignId === undefined ? undefined : eq(calls.campaignId, campaignId),
		assistantId === undefined ? undefined : eq(calls.assistantId, assistantId),
		q === undefined
			? undefined
			: or(within(calls.peerName, q), within(sql`${calls.fromAddress}`, q), within(sql`${calls.toAddress}`, q)),
	);
}

export interface CallsAsked {
	reach: string | null;
	filter: Omit<CallFilter, "userId">;
	before: string | undefined;
	limit: number;
}

/** The calls that somebody may see, the latest first, after the one with id `before`; one more than the page holds. */
export function callsPage(
	db: Db,
	accountId: string,
	{ reach, filter, before, limit }: CallsAsked,
): Promise<LoggedCall[]> {
	return db
		.select(logged)
		.from(calls)
		.where(and(visible(accountId, reach), filtered(filter), before === undefined ? undefined : lt(calls.id, before)))
		.orderBy(desc(calls.id))
		.limit(limit + 1);
}

/** A call and its story, oldest event first. Null when it is not there for the caller. One round trip. */
export async function callStory(
	db: Db,
	accountId: string,
	reach: string | null,
	id: string,
): Promise<(LoggedCall & { events: Pick<CallEventRow, "kind" | "detail" | "createdAt">[] }) | null> {
	const [call, recording, events] = await db.batch([
		db
			.select()
			.from(calls)
			.where(and(visible(accountId, reach), eq(calls.id, id))),
		db
			.select({ id: recordings.id, kind: recordings.kind, seconds: recordings.durationSeconds })
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
	]);
	const [found] = call;
	if (!found) return null;
	const [heard] = recording;
	return {
		call: found,
		recordingId: heard?.id ?? null,
		recordingKind: heard?.kind ?? null,
		recordingSeconds: heard?.seconds ?? null,
		events,
	};
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

export interface Happened {
	kind: string;
	detail?: Record<string, unknown>;
	/** What is told twice under one key is kept once. */
	key?: string;
	now: number;
}

/** Adds to a call's story. With a key that is there already it breaks {@link SEEN_BEFORE} and takes the batch with it. */
export function addEventAnyAccount(db: Db, callId: string, { kind, detail = {}, key, now }: Happened): Statement {
	return db.run(sql`INSERT INTO call_events (account_id, call_id, kind, detail, event_key, created_at)
		SELECT account_id, id, ${kind}, ${JSON.stringify(detail)}, ${key ?? null}, ${now} FROM calls WHERE id = ${callId}`);
}

export const SEEN_BEFORE = "call_events.event_key";

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

/** True while the account has a call over the carrier. */
export async function hasLiveCalls(db: Db, accountId: string): Promise<boolean> {
	const found = await db
		.select({ id: calls.id })
		.from(calls)
		.where(and(eq(calls.accountId, accountId), isNull(calls.endedAt)))
		.limit(1);
	return found.length > 0;
}
