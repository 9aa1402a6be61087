import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { numbers } from "../db/tables";
import { addMonths } from "../pure/months";
import { priceOf } from "../wallet/store";
import { endChannels } from "./channels/store";
import { own } from "./held/store";

export type NumberRow = typeof numbers.$inferSelect;

/** What a second owner of a number breaks. */
export const ONE_OWNER_RULE = "numbers.e164";

export interface Candidate {
	e164: string;
	city: string;
	region: string;
}

/** What the carrier says of a line that it has sold. */
export interface SoldLine {
	ref: string;
	capabilities: { voice: boolean; sms: boolean; mms: boolean };
}

export interface Reservation {
	id: string;
	operationId: string;
	/** In order of preference, all of one country and type. The first that nobody here has is taken. */
	candidates: Candidate[];
	country: string;
	lineType: NumberRow["lineType"];
	label: string;
	provider: NumberRow["provider"];
	assignedTo: string | null;
	/** What the line was set to before we adopted it. Absent: it is bought. */
	settingsBefore?: Record<string, string>;
	now: number;
}

/** The price of a number for a month, as an expression: the database quotes in the statement that charges. */
export function monthlyPrice(country: string, lineType: string) {
	return priceOf("number_month", country, lineType);
}

/** Writes down a number that is about to be bought. Breaks {@link ONE_OWNER_RULE} when all candidates are taken. */
export function reserveNumber(db: Db, accountId: string, { candidates, ...reservation }: Reservation) {
	const { country, lineType, operationId, provider, label, assignedTo, settingsBefore, id, now } = reservation;
	const free = (field: keyof Candidate) => sql<string>`coalesce((
		SELECT json_extract(value, ${`$.${field}`}) FROM json_each(${JSON.stringify(candidates)}) WHERE NOT EXISTS (
			SELECT 1 FROM numbers WHERE e164 = json_extract(value, '$.e164') AND status IN ('pending', 'active', 'releasing'))
		ORDER BY key LIMIT 1), ${candidates[0]?.[field] ?? ""})`;
	return db
		.insert(numbers)
		.values({
			id,
			accountId,
			e164: free("e164"),
			city: free("city"),
			region: free("region"),
			status: "pending",
			country,
			lineType,
			label,
			provider,
			monthlyMicros: sql<number>`${monthlyPrice(country, lineType)}`,
			assignedTo,
			operationId,
			settingsBefore: settingsBefore ?? null,
			createdAt: now,
		})
		.returning();
}

/** The number in the result of a statement that changes one and returns it. */
export function numberIn(result: unknown): NumberRow {
	const [row] = result as NumberRow[];
	if (!row) throw new Error("the statement returned no number");
	return row;
}

/** Aborts the batch unless the price is the one that the buyer was shown. */
export function mustCost(db: Db, country: string, lineType: string, micros: number): Statement {
	return must(db, "nothing_changed_meanwhile", sql`${monthlyPrice(country, lineType)} = ${micros}`);
}

/** Tries another number under the same purchase. Only for one that is certainly not bought yet. */
export function reserveInstead(db: Db, accountId: string, id: string, { e164, city, region }: Candidate): Statement {
	return db
		.update(numbers)
		.set({ e164, city, region })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "pending")));
}

/** What a number is once the carrier has sold it: in use, and paid for a month. */
export function asSold({ ref, capabilities: { voice, sms, mms } }: SoldLine, now: number) {
	return {
		status: "active",
		carrierRef: ref,
		canVoice: voice,
		canSms: sms,
		canMms: mms,
		purchasedAt: now,
		rentPaidThrough: addMonths(now, 1),
	} as const;
}

export function activateNumber(db: Db, accountId: string, id: string, line: SoldLine, now: number): Statement {
	return db
		.update(numbers)
		.set({ ...asSold(line, now), rentNextTry: addMonths(now, 1) })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId)));
}

export function failNumber(db: Db, accountId: string, id: string): Statement {
	return db
		.update(numbers)
		.set({ status: "failed" })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId)));
}

/** From now on nobody calls or texts from it, and nobody else can have it until the carrier has taken it back. */
export function beginRelease(db: Db, accountId: string, id: string) {
	return db
		.update(numbers)
		.set({ status: "releasing" })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "active")))
		.returning();
}

export function endRelease(db: Db, accountId: string, id: string, now: number): [Statement, Statement] {
	return [
		db
			.update(numbers)
			.set({ status: "released", releasedAt: now, assignedTo: null })
			.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId))),
		endChannels(db, accountId, id),
	];
}

/** The carrier will not take it back: it is the account's as before. */
export function undoRelease(db: Db, accountId: string, id: string): Statement {
	return db
		.update(numbers)
		.set({ status: "active" })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "releasing")));
}

/** Gives a number to one of the account's sub-accounts, or takes it back with null. Null when either is not there. */
export async function assignNumber(
	db: Db,
	accountId: string,
	id: string,
	userId: string | null,
): Promise<NumberRow | null> {
	const taken = sql`EXISTS (SELECT 1 FROM users WHERE account_id = ${accountId} AND id = ${userId} AND role = 'member' AND status <> 'removed')`;
	const [row] = await db
		.update(numbers)
		.set({ assignedTo: userId })
		.where(and(own(accountId, null), eq(numbers.id, id), userId === null ? undefined : taken))
		.returning();
	return row ?? null;
}

/** Changes what its owner says of a number; with `userId` only if it is assigned to that sub-account. Null when it is not there. */
export async function changeNumber(
	db: Db,
	accountId: string,
	id: string,
	userId: string | null,
	change: { label?: string | undefined; routing?: unknown },
): Promise<NumberRow | null> {
	const [row] = await db
		.update(numbers)
		.set({
			label: change.label === undefined ? sql`label` : change.label,
			...(change.routing === undefined ? {} : { routing: change.routing }),
		})
		.where(and(own(accountId, userId), eq(numbers.id, id)))
		.returning();
	return row ?? null;
}

/** For the cron: active numbers whose rent is to be asked for, the longest overdue first. */
export async function rentDueAnyAccount(db: Db, now: number, limit: number): Promise<NumberRow[]> {
	return db
		.select()
		.from(numbers)
		.where(and(sql`${numbers.status} = 'active'`, lte(numbers.rentNextTry, now))) // a literal, or the partial index does not serve
		.orderBy(asc(numbers.rentNextTry))
		.limit(limit);
}

/** Moves the rent on to its next period, unless somebody else just did. */
export function payRentThrough(db: Db, accountId: string, id: string, was: number, through: number): Statement[] {
	return [
		must(
			db,
			"nothing_changed_meanwhile",
			sql`EXISTS (SELECT 1 FROM numbers WHERE id = ${id} AND account_id = ${accountId} AND status = 'active' AND rent_paid_through = ${was})`,
		),
		db
			.update(numbers)
			.set({ rentPaidThrough: through, rentNextTry: through, rentDueSince: null })
			.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId))),
	];
}

/** Notes that the rent could not be paid, and when to ask again. */
export function oweRent(db: Db, accountId: string, id: string, dueSince: number, nextTry: number): Statement {
	return db
		.update(numbers)
		.set({ rentDueSince: dueSince, rentNextTry: nextTry })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "active")));
}
