import { and, asc, eq, gte, isNull, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { fixed, type Given } from "../../db/fixed";
import { must } from "../../db/guards";
import { numbers, users } from "../../db/tables";
import type { NumberRow } from "../store";

export async function findNumber(db: Db, accountId: string, id: string): Promise<NumberRow | null> {
	const [row] = await db
		.select()
		.from(numbers)
		.where(and(eq(numbers.accountId, accountId), eq(numbers.id, id)));
	return row ?? null;
}

export const own = (accountId: Given<string>, userId: Given<string> | null) =>
	and(
		eq(numbers.accountId, accountId),
		sql`${numbers.status} = 'active'`, // not bound: see `unseen` in db/fixed.ts
		userId === null ? undefined : eq(numbers.assignedTo, userId),
	);

const active = fixed<{ accountId: string; userId: string | undefined }>()((db, { accountId, userId }) =>
	db
		.select()
		.from(numbers)
		.where(own(accountId, userId ?? null))
		.orderBy(asc(numbers.id)),
);

/** The account's active numbers; with `userId` those that are assigned to that sub-account. */
export function activeNumbers(db: Db, accountId: string, userId: string | null) {
	return active(db, { accountId, userId: userId ?? undefined });
}

/** Active numbers that no sub-account has. */
export async function unassignedNumbers(db: Db, accountId: string): Promise<NumberRow[]> {
	return db
		.select()
		.from(numbers)
		.where(and(own(accountId, null), isNull(numbers.assignedTo)))
		.orderBy(asc(numbers.id));
}

/** A sub-account's numbers; null when it is not one of the account's. */
export async function numbersOfMember(db: Db, accountId: string, userId: string): Promise<NumberRow[] | null> {
	const [[member], rows] = await db.batch([
		db
			.select({ id: users.id })
			.from(users)
			.where(and(eq(users.accountId, accountId), eq(users.id, userId), eq(users.role, "member"))),
		activeNumbers(db, accountId, userId),
	]);
	return member ? rows : null;
}

/** Aborts the batch unless the account has this number and may use it. */
export function mustBeActive(db: Db, accountId: string, id: string): Statement {
	return must(
		db,
		"nothing_changed_meanwhile",
		sql`EXISTS (SELECT 1 FROM numbers WHERE id = ${id} AND account_id = ${accountId} AND status = 'active')`,
	);
}

/** Aborts the batch with `not_allowed` unless the account (with `reach` that sub-account) has this line and may call from it. */
export function mustOwnVoice(db: Db, accountId: string, reach: string | null, e164: string): Statement {
	const mine = reach === null ? sql`` : sql`AND assigned_to = ${reach}`;
	return must(
		db,
		"number_is_callers",
		sql`EXISTS (SELECT 1 FROM numbers WHERE e164 = ${e164} AND account_id = ${accountId} AND can_voice = 1
			AND status IN ('pending', 'active', 'releasing') AND status = 'active' ${mine})`,
	);
}

export interface Holder {
	accountId: string;
	e164: string;
	status: NumberRow["status"];
	carrierRef: string | null;
	purchasedAt: number | null;
}

/** Every number that somebody has or is getting, and those given up since a moment. For comparing with the carrier. */
export async function heldAnyAccount(db: Db, givenUpSince: number): Promise<Holder[]> {
	const { accountId, e164, status, carrierRef, purchasedAt } = numbers;
	const columns = { accountId, e164, status, carrierRef, purchasedAt };
	const [held, givenUp] = await db.batch([
		db.select(columns).from(numbers).where(sql`${status} IN ('pending', 'active', 'releasing')`),
		db.select(columns).from(numbers).where(gte(numbers.releasedAt, givenUpSince)),
	]);
	return [...held, ...givenUp];
}
