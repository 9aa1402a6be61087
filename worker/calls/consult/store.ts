import { and, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { must } from "../../db/guards";
import { consults } from "../../db/tables";

export type ConsultRow = typeof consults.$inferSelect;
export type ConsultState = ConsultRow["state"];

/** States in which the customer waits. */
export const LIVE: ConsultState[] = ["ringing", "talking"];
export const ONE_AT_A_TIME = "consults.call_id";

// Who calls from a browser sits at the line that the call began with, until somebody is asked for the first time.
export const agentOf = sql`coalesce(c.leg_user_id, iif(c.via = 'browser', c.user_id, NULL))`;
const isFirst = sql`c.leg_user_id IS NULL`;

export interface NewConsult {
	id: string;
	callId: string;
	userId: string;
	kind: ConsultRow["kind"];
	target: string;
	label: string;
	address: string;
	usageRef: string | null;
	lookAfter: number;
	now: number;
}

/**
 * Begins to ask somebody about a call in which the one who asks speaks; breaks {@link ONE_AT_A_TIME} while another is asked, and
 * `nothing_changed_meanwhile` when the call is not there any more.
 */
export function addConsult(db: Db, accountId: string, c: NewConsult) {
	const asked = sql`calls c WHERE c.account_id = ${accountId} AND c.id = ${c.callId} AND c.ended_at IS NULL
		AND c.carrier_ref IS NOT NULL AND c.leg_ref IS NOT NULL AND ${agentOf} = ${c.userId}`;
	return [
		must(db, "nothing_changed_meanwhile", sql`EXISTS (SELECT 1 FROM ${asked})`),
		db
			.insert(consults)
			.select(
				sql`SELECT ${c.id}, c.account_id, c.id, ${c.userId}, ${c.kind}, ${c.target}, ${c.label}, ${c.address},
				iif(${isFirst}, c.carrier_ref, c.leg_ref), iif(${isFirst}, c.leg_ref, c.carrier_ref), NULL, 'ringing', '', ${c.now},
				NULL, NULL, NULL, NULL, ${c.usageRef}, ${c.lookAfter} FROM ${asked}`,
			)
			.returning(),
	] as const;
}

/** The carrier took the order to call who is asked, and the lines are where they belong. */
export function noteAsked(db: Db, accountId: string, id: string, at: { targetRef?: string; movedAt?: number }) {
	const { targetRef = null, movedAt = null } = at;
	return db
		.update(consults)
		.set({
			targetRef: sql`coalesce(${consults.targetRef}, ${targetRef})`,
			movedAt: sql`coalesce(${consults.movedAt}, ${movedAt})`,
		})
		.where(and(eq(consults.accountId, accountId), eq(consults.id, id)));
}

interface Turn {
	from: ConsultState[];
	to: ConsultState;
	reason?: string;
	now: number;
}

/** Turns consults that are in one of these states; the one who does it gets them, and nobody else. */
function turning(db: Db, which: SQL | undefined, { from, to, reason = "", now }: Turn) {
	const ended = LIVE.includes(to) ? { talkedAt: now } : { endedAt: sql`coalesce(${consults.endedAt}, ${now})`, reason };
	return db
		.update(consults)
		.set({ state: to, ...ended })
		.where(and(which, inArray(consults.state, from)))
		.returning();
}

/** What somebody who asks decides. */
export const turnOwn = (db: Db, accountId: string, own: { id: string; callId: string; userId: string }, turn: Turn) =>
	turning(
		db,
		and(
			eq(consults.accountId, accountId),
			eq(consults.id, own.id),
			eq(consults.callId, own.callId),
			eq(consults.userId, own.userId),
		),
		turn,
	);

/** What becomes of one by something that the carrier tells. */
export const turnAnyAccount = (db: Db, id: string, turn: Turn, also: { targetRef?: string; notJoined?: true } = {}) =>
	turning(
		db,
		and(
			eq(consults.id, id),
			also.targetRef === undefined ? undefined : eq(consults.targetRef, also.targetRef),
			also.notJoined && isNull(consults.joinedAt),
		),
		turn,
	);

const isTarget = (ref: string) =>
	sql`${ref} = coalesce(${consults.targetRef}, ${ref}) AND ${ref} NOT IN (${consults.agentRef}, ${consults.customerRef})`;

/** Who is asked has picked up. */
export function pickedUpAnyAccount(db: Db, id: string, ref: string, now: number) {
	return db
		.update(consults)
		.set({ state: "talking", targetRef: ref, talkedAt: now })
		.where(and(eq(consults.id, id), eq(consults.state, "ringing"), isTarget(ref)))
		.returning({ id: consults.id });
}

/** One of two who talked has left: whoever is still there has the customer now. */
export const leftRoomAnyAccount = (db: Db, id: string, ref: string, now: number) =>
	[
		turning(db, and(eq(consults.id, id), eq(consults.agentRef, ref)), {
			from: ["talking"],
			to: "failed",
			reason: "hung_up",
			now,
		}),
		turnAnyAccount(db, id, { from: ["talking"], to: "completed", now }, { targetRef: ref }),
	] as const;

/** Who was asked meets the customer. */
export function joinedAnyAccount(db: Db, id: string, ref: string, now: number): Statement {
	return db
		.update(consults)
		.set({ joinedAt: now })
		.where(
			and(eq(consults.id, id), eq(consults.state, "completed"), eq(consults.targetRef, ref), isNull(consults.joinedAt)),
		);
}

/** The line of who was asked is over. What was set aside for it is named until it is settled. */
export function targetOverAnyAccount(db: Db, id: string, ref: string) {
	return db
		.update(consults)
		.set({ targetRef: ref, lookAfter: sql`iif(${consults.usageRef} IS NULL, NULL, ${consults.lookAfter})` })
		.where(and(eq(consults.id, id), isTarget(ref)))
		.returning();
}

/** The customer was sent elsewhere: the lines that met do not belong together any more. */
export function leaveRooms(db: Db, accountId: string, callId: string) {
	return db
		.update(consults)
		.set({ movedAt: null })
		.where(and(eq(consults.accountId, accountId), eq(consults.callId, callId), isNotNull(consults.movedAt)))
		.returning();
}

/** Nothing is set aside for it any more, and nothing is left to be found out. */
export function closeConsult(db: Db, accountId: string, id: string): Statement {
	return db
		.update(consults)
		.set({ usageRef: null, lookAfter: null })
		.where(and(eq(consults.accountId, accountId), eq(consults.id, id)));
}

/** Who has left by hanging up: talking with who is asked, they have handed the call over; before that they have dropped it. */
export const agentLeftAnyAccount = (db: Db, ref: string, now: number) => {
	const theirs = eq(consults.agentRef, ref);
	return [
		turning(db, theirs, { from: ["talking"], to: "completed", now }),
		turning(db, theirs, { from: ["ringing"], to: "dropped", reason: "agent", now }),
		latestOf(db, theirs),
	] as const;
};

/** The last consult of the call that fulfils a condition. */
export function latestConsultAnyAccount(db: Db, which: SQL) {
	return latestOf(db, sql`(account_id, call_id) IN (SELECT account_id, id FROM calls WHERE ${which})`);
}

export const latestConsult = (db: Db, accountId: string, callId: string) =>
	latestOf(db, and(eq(consults.accountId, accountId), eq(consults.callId, callId)));

export const consultWith = (db: Db, accountId: string, callId: string, id: string) =>
	latestOf(db, and(eq(consults.accountId, accountId), eq(consults.callId, callId), eq(consults.id, id)));

function latestOf(db: Db, which: SQL | undefined) {
	return db.select().from(consults).where(which).orderBy(desc(consults.id)).limit(1);
}

export function lookAgainAfter(db: Db, id: string, at: number): Statement {
	return db.update(consults).set({ lookAfter: at }).where(eq(consults.id, id));
}
