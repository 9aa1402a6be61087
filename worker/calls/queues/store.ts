import { and, asc, eq, sql } from "drizzle-orm";
import { ulid } from "ulid";
import { nameOfPeer, peerOfCall } from "../../contacts/naming/store";
import type { Db, Statement } from "../../db/client";
import { calls, queueCalls, queues } from "../../db/tables";

export type QueueRow = typeof queues.$inferSelect;

const DAY_MS = 86_400_000;
/** More than anybody has. */
const MOST = 100;

/** Queues that somebody takes calls from: all of the account's, or with `reach` those that name this member. */
const serving = (accountId: string, reach: string | null) =>
	and(
		eq(queues.accountId, accountId),
		reach === null
			? undefined
			: sql`EXISTS (SELECT 1 FROM json_each(${queues.memberIds}) member WHERE member.value = ${reach})`,
	);

/** Who was just taken out of a queue may still be asking where in line: that is no reason to put them back. */
const JUST_LEFT_MS = 3_000;

const IN_QUEUE = sql`('waiting', 'taken')`;

/** The queues with who waits and how the last day went: each counted by the queue's own index. */
export function queuesOf(db: Db, accountId: string, reach: string | null, now: number, id?: string) {
	const mine = sql`q.account_id = ${accountId} AND q.queue_id = "queues"."id"`;
	const today = sql`${mine} AND q.id >= ${`qcl_${ulid(now - DAY_MS).slice(0, 10)}`}`;
	const figure = (what: ReturnType<typeof sql>, where: ReturnType<typeof sql>) =>
		sql<number | null>`(SELECT ${what} FROM queue_calls q WHERE ${where})`;
	return db
		.select({
			queue: queues,
			waiting: figure(sql`count(*)`, sql`${mine} AND q.state IN ${IN_QUEUE}`).as("waiting"),
			waitingSince: figure(sql`min(q.entered_at)`, sql`${mine} AND q.state IN ${IN_QUEUE}`).as("waiting_since"),
			entered: figure(sql`count(*)`, today).as("entered"),
			answered: figure(sql`count(*)`, sql`${today} AND q.state = 'connected'`).as("answered"),
			lost: figure(sql`count(*)`, sql`${today} AND q.state IN ('left', 'dropped', 'timed_out')`).as("lost"),
			served: figure(
				sql`count(*)`,
				sql`${today} AND q.state = 'connected' AND q.ended_at - q.entered_at <= "queues"."service_level_seconds" * 1000`,
			).as("served"),
			waited: figure(sql`avg(q.ended_at - q.entered_at)`, sql`${today} AND q.state = 'connected'`).as("waited"),
		})
		.from(queues)
		.where(and(serving(accountId, reach), id === undefined ? undefined : eq(queues.id, id)))
		.orderBy(asc(queues.id))
		.limit(MOST);
}
export type QueueFigures = Awaited<ReturnType<typeof queuesOf>>[number];

export function addQueue(db: Db, row: QueueRow) {
	return db.insert(queues).values(row).returning({ id: queues.id });
}

export function changeQueue(
	db: Db,
	accountId: string,
	id: string,
	change: Partial<Omit<QueueRow, "id" | "accountId" | "createdAt">>,
) {
	return db
		.update(queues)
		.set(change)
		.where(and(eq(queues.accountId, accountId), eq(queues.id, id)))
		.returning({ id: queues.id });
}

/** Removes a queue in which nobody waits. */
export function removeQueue(db: Db, accountId: string, id: string) {
	return db
		.delete(queues)
		.where(
			and(
				eq(queues.accountId, accountId),
				eq(queues.id, id),
				sql`NOT EXISTS (SELECT 1 FROM queue_calls q WHERE q.account_id = ${accountId} AND q.queue_id = ${id} AND q.state IN ${IN_QUEUE})`,
			),
		)
		.returning({ id: queues.id });
}

/** Who waits in a queue, the next one first. Null when there is no such queue for the caller. */
export async function waitingIn(db: Db, accountId: string, reach: string | null, queueId: string) {
	const [[queue], rows] = await db.batch([
		db
			.select({ id: queues.id })
			.from(queues)
			.where(and(serving(accountId, reach), eq(queues.id, queueId))),
		db
			.select({ entry: queueCalls, from: peerOfCall, name: nameOfPeer.as("known_as") })
			.from(queueCalls)
			.innerJoin(calls, and(eq(calls.accountId, queueCalls.accountId), eq(calls.id, queueCalls.callId)))
			.where(
				and(
					eq(queueCalls.accountId, accountId),
					eq(queueCalls.queueId, queueId),
					sql`${queueCalls.state} IN ${IN_QUEUE}`,
				),
			)
			.orderBy(asc(queueCalls.id))
			.limit(1_000),
	]);
	return queue ? rows : null;
}
export type WaitingRow = NonNullable<Awaited<ReturnType<typeof waitingIn>>>[number];

/** A caller joins a queue of its call's account, unless that is full; once, however often it asks. */
export function enterAnyAccount(db: Db, e: { id: string; callId: string; queueId: string; now: number }): Statement {
	return db.run(sql`INSERT INTO queue_calls (id, account_id, queue_id, call_id, state, entered_at)
		SELECT ${e.id}, c.account_id, q.id, c.id, 'waiting', ${e.now}
		FROM calls c JOIN queues q ON q.account_id = c.account_id AND q.id = ${e.queueId}
		WHERE c.id = ${e.callId} AND c.ended_at IS NULL AND q.max_waiting > (SELECT count(*) FROM queue_calls w
			WHERE w.account_id = c.account_id AND w.queue_id = q.id AND w.state IN ${IN_QUEUE})
			AND NOT EXISTS (SELECT 1 FROM queue_calls o WHERE o.account_id = c.account_id AND o.queue_id = q.id AND o.call_id = c.id
				AND o.ended_at > ${e.now - JUST_LEFT_MS})
		ON CONFLICT DO NOTHING`);
}

export interface Standing {
	entryId: string;
	state: "waiting" | "taken";
	enteredAt: number;
	position: number;
	maxWaitSeconds: number;
	announcePosition: number;
	greetingFileId: string | null;
}

/** Where a caller stands in a queue; no row for one who does not (any more). */
export function standingAnyAccount(db: Db, callId: string, queueId: string) {
	return db.all<Standing>(sql`SELECT e.id AS "entryId", e.state, e.entered_at AS "enteredAt",
		q.max_wait_seconds AS "maxWaitSeconds", q.announce_position AS "announcePosition", q.greeting_file_id AS "greetingFileId",
		(SELECT count(*) FROM queue_calls w WHERE w.account_id = e.account_id AND w.queue_id = e.queue_id
			AND w.state IN ${IN_QUEUE} AND w.id <= e.id) AS position
		FROM queue_calls e JOIN queues q ON q.account_id = e.account_id AND q.id = e.queue_id
		WHERE e.call_id = ${callId} AND e.queue_id = ${queueId} AND e.state IN ${IN_QUEUE}`);
}

/** Gives a waiting caller to one agent: to exactly one, however many ask at once. */
export function taking(
	db: Db,
	accountId: string,
	reach: string | null,
	t: { queueId: string; entryId: string; by: string; now: number },
) {
	return db
		.update(queueCalls)
		.set({ state: "taken", takenBy: t.by, takenAt: t.now })
		.where(and(inQueue(accountId, reach, t), sql`${queueCalls.state} = 'waiting'`))
		.returning({ callId: queueCalls.callId });
}

const inQueue = (accountId: string, reach: string | null, { queueId, entryId }: { queueId: string; entryId: string }) =>
	and(
		eq(queueCalls.accountId, accountId),
		eq(queueCalls.queueId, queueId),
		eq(queueCalls.id, entryId),
		reach === null
			? undefined
			: sql`EXISTS (SELECT 1 FROM queues q, json_each(q.member_ids) member
				WHERE q.account_id = ${accountId} AND q.id = ${queueId} AND member.value = ${reach})`,
	);

/** Takes a caller out of a queue, wherever it goes. */
export function leaving(
	db: Db,
	accountId: string,
	reach: string | null,
	l: { queueId: string; entryId: string; state: "dropped" | "transferred"; now: number },
) {
	return db
		.update(queueCalls)
		.set({ state: l.state, endedAt: l.now })
		.where(and(inQueue(accountId, reach, l), sql`${queueCalls.state} IN ${IN_QUEUE}`))
		.returning({ callId: queueCalls.callId });
}

/** The agent did not come: the caller waits on, in the same place. */
export function backInLineAnyAccount(db: Db, entryId: string): Statement {
	return db.run(sql`UPDATE queue_calls SET state = 'waiting', taken_by = NULL, taken_at = NULL
		WHERE id = ${entryId} AND state = 'taken'`);
}

/** Somebody speaks with the caller: the wait is over. */
export function connectedAnyAccount(db: Db, callId: string, now: number): Statement {
	return db.run(
		sql`UPDATE queue_calls SET state = 'connected', ended_at = ${now} WHERE call_id = ${callId} AND state = 'taken'`,
	);
}

export function timedOutAnyAccount(db: Db, entryId: string, now: number): Statement {
	return db.run(
		sql`UPDATE queue_calls SET state = 'timed_out', ended_at = ${now} WHERE id = ${entryId} AND state = 'waiting'`,
	);
}

/** Which browser a caller was given to, and from which queue. */
export function takenAnyAccount(db: Db, entryId: string, callId: string) {
	return db.all<{
		identity: string;
		userId: string;
		queueId: string;
	}>(sql`SELECT u.care4w_id AS identity, u.id AS "userId",
		e.queue_id AS "queueId" FROM queue_calls e JOIN users u ON u.account_id = e.account_id AND u.id = e.taken_by
		WHERE e.id = ${entryId} AND e.call_id = ${callId} AND e.state IN ('taken', 'connected')`);
}
