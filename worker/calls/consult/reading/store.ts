import { asc, eq, sql } from "drizzle-orm";
import type { Db } from "../../../db/client";
import { calls, consults } from "../../../db/tables";
import { agentOf, type ConsultRow } from "../store";

/** A call as far as somebody may be asked about it, and who that would be. */
export interface Consultable {
	endedAt: number | null;
	direction: "inbound" | "outbound";
	kind: "browser" | "carrier" | "campaign";
	own: string;
	/** The other end's number; '' when it is hidden. */
	customer: string;
	legRef: string | null;
	/** Whose browser is in the call. */
	agentId: string | null;
	memberName: string | null;
	memberIdentity: string | null;
	transferName: string | null;
	transferE164: string | null;
	/** The number asked for is a line of the account. */
	isOwnLine: number;
}

/** Null when the call is not there for the caller. One trip. */
export async function findConsultable(
	db: Db,
	accountId: string,
	reach: string | null,
	callId: string,
	named: { number?: string | undefined; transferNumberId?: string | undefined; memberId?: string | undefined },
): Promise<Consultable | null> {
	const { number = null, transferNumberId = null, memberId = null } = named;
	const [found] = await db.all<Consultable>(sql`SELECT c.ended_at AS "endedAt", c.direction, c.kind, c.own_e164 AS own,
		iif(c.direction = 'inbound', c.from_address, c.to_address) AS customer, c.leg_ref AS "legRef", ${agentOf} AS "agentId",
		coalesce(nullif(u.full_name, ''), u.email) AS "memberName", u.care4w_id AS "memberIdentity", t.name AS "transferName",
		t.e164 AS "transferE164", EXISTS (SELECT 1 FROM numbers n WHERE n.account_id = c.account_id AND n.status = 'active'
			AND n.e164 = coalesce(${number}, t.e164)) AS "isOwnLine"
		FROM calls c LEFT JOIN users u ON u.account_id = c.account_id AND u.id = ${memberId} AND u.status = 'active'
		LEFT JOIN transfer_numbers t ON t.account_id = c.account_id AND t.id = ${transferNumberId}
		WHERE c.account_id = ${accountId} AND c.id = ${callId}
		AND (${reach} IS NULL OR c.user_id = ${reach} OR c.answered_user_id = ${reach} OR c.talking_user_id = ${reach})`);
	return found ?? null;
}

/** True when two lines of a call met in a room before, and are not joined to each other: each is to be moved by itself. */
export function metInRooms(db: Db, id: string) {
	return db.all<{ met: number }>(sql`SELECT EXISTS (SELECT 1 FROM consults k, consults n WHERE n.id = ${id}
		AND k.account_id = n.account_id AND k.call_id = n.call_id AND k.id < n.id AND k.moved_at IS NOT NULL
		AND k.customer_ref = n.customer_ref AND n.agent_ref IN (k.agent_ref, k.target_ref)) AS met`);
}

/** Consults whose other line nobody has told of for too long, or that ended with their call. */
export function overdueConsultsAnyAccount(
	db: Db,
	now: number,
	limit: number,
): Promise<{ consult: ConsultRow; own: string }[]> {
	return db
		.select({ consult: consults, own: calls.ownE164 })
		.from(consults)
		.innerJoin(calls, eq(calls.id, consults.callId))
		.where(sql`${consults.lookAfter} IS NOT NULL AND ${consults.lookAfter} < ${now}`)
		.orderBy(asc(consults.lookAfter))
		.limit(limit);
}

/** Whose consult it is, unless the one who asks is only the customer, who hears the music again and again. */
export const accountOfConsult = (id: string, ref: string) =>
	sql`(SELECT account_id FROM consults WHERE id = ${id} AND customer_ref <> ${ref})`;
