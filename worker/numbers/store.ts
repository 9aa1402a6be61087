import { and, asc, desc, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { channels, numbers, users } from "../db/tables";
import { addMonths } from "../pure/months";
import { priceOf } from "../wallet/store";

export type NumberRow = typeof numbers.$inferSelect;
export type ChannelRow = typeof channels.$inferSelect;

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

export function addChannel(db: Db, channel: ChannelRow): Statement {
	return db.insert(channels).values(channel);
}

/** From now on nobody calls or texts from it, and nobody else can have it until the carrier has taken it back. */
export function beginRelease(db: Db, accountId: string, id: string) {
	return db
		.update(numbers)
		.set({ status: "releasing" })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "active")))
		.returning();
}

/** Aborts the batch unless the account has this number and may use it. */
export function mustBeActive(db: Db, accountId: string, id: string): Statement {
	return must(
		db,
		"nothing_changed_meanwhile",
		sql`EXISTS (SELECT 1 FROM numbers WHERE id = ${id} AND account_id = ${accountId} AND status = 'active')`,
	);
}

export function endRelease(db: Db, accountId: string, id: string, now: number): [Statement, Statement] {
	return [
		db
			.update(numbers)
			.set({ status: "released", releasedAt: now, assignedTo: null })
			.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId))),
		db
			.update(channels)
			.set({ status: "deleted" })
			.where(and(eq(channels.numberId, id), eq(channels.accountId, accountId))),
	];
}

/** The carrier will not take it back: it is the account's as before. */
export function undoRelease(db: Db, accountId: string, id: string): Statement {
	return db
		.update(numbers)
		.set({ status: "active" })
		.where(and(eq(numbers.id, id), eq(numbers.accountId, accountId), eq(numbers.status, "releasing")));
}

export async function findNumber(db: Db, accountId: string, id: string): Promise<NumberRow | null> {
	const [row] = await db
		.select()
		.from(numbers)
		.where(and(eq(numbers.accountId, accountId), eq(numbers.id, id)));
	return row ?? null;
}

const own = (accountId: string, userId: string | null) =>
	and(
		eq(numbers.accountId, accountId),
		eq(numbers.status, "active"),
		userId === null ? undefined : eq(numbers.assignedTo, userId),
	);

/** The account's active numbers; with `userId` those that are assigned to that sub-account. */
export function activeNumbers(db: Db, accountId: string, userId: string | null) {
	return db.select().from(numbers).where(own(accountId, userId)).orderBy(asc(numbers.id));
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

export interface ChannelOfNumber {
	channel: ChannelRow;
	number: NumberRow;
}

/** The account's channels, newest first; with `userId` those on numbers of that sub-account. Two plain reads, one round trip. */
export async function listChannels(db: Db, accountId: string, userId: string | null): Promise<ChannelOfNumber[]> {
	const [found, owned] = await db.batch([
		db
			.select()
			.from(channels)
			.where(and(eq(channels.accountId, accountId), active))
			.orderBy(desc(channels.id)),
		db
			.select()
			.from(numbers)
			.where(
				and(
					eq(numbers.accountId, accountId),
					inArray(numbers.status, ["active", "releasing"]),
					userId === null ? undefined : eq(numbers.assignedTo, userId),
				),
			),
	]);
	const byId = new Map(owned.map((number) => [number.id, number]));
	return found.flatMap((channel) => {
		const number = byId.get(channel.numberId);
		return number ? [{ channel, number }] : [];
	});
}

// A literal, or the partial indexes do not serve.
const active = sql`${channels.status} = 'active'`;

function channelById(db: Db, accountId: string, userId: string | null, id: string) {
	return db
		.select({ channel: channels, number: numbers })
		.from(channels)
		.innerJoin(numbers, eq(numbers.id, channels.numberId))
		.where(
			and(
				eq(channels.accountId, accountId),
				eq(channels.id, id),
				active,
				userId === null ? undefined : eq(numbers.assignedTo, userId),
			),
		);
}

/** One channel with its number; null when it is not there for this account or sub-account. */
export async function findChannel(
	db: Db,
	accountId: string,
	userId: string | null,
	id: string,
): Promise<ChannelOfNumber | null> {
	const [found] = await channelById(db, accountId, userId, id);
	return found ?? null;
}

/** Changes a channel and gives it with its number, in one batch. Null when it is not there for this account or sub-account. */
export async function changeChannel(
	db: Db,
	accountId: string,
	userId: string | null,
	id: string,
	change: { name?: string | undefined; type?: ChannelRow["type"] | undefined },
): Promise<ChannelOfNumber | null> {
	const mine = userId === null ? undefined : sql`number_id IN (SELECT id FROM numbers WHERE assigned_to = ${userId})`;
	const [[channel], [number]] = await db.batch([
		db
			.update(channels)
			.set({ name: change.name ?? sql`name`, type: change.type ?? sql`type` })
			.where(and(eq(channels.accountId, accountId), eq(channels.id, id), active, mine))
			.returning(),
		db
			.select()
			.from(numbers)
			.where(
				and(eq(numbers.accountId, accountId), sql`${numbers.id} = (SELECT number_id FROM channels WHERE id = ${id})`),
			),
	]);
	return channel && number ? { channel, number } : null;
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
