import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { assistantConnections as connections, numbers } from "../../db/tables";
import { priceOf } from "../../wallet/store";

export type ConnectionRow = typeof connections.$inferSelect;

/** A number of the account with who answers it; `status` is null when it never had an assistant. */
export interface ConnectionOfNumber extends Pick<ConnectionRow, "assistantId" | "wantedId" | "error"> {
	numberId: string;
	e164: string;
	label: string;
	canVoice: boolean;
	status: ConnectionRow["status"] | null;
	updatedAt: number | null;
}

const columns = {
	numberId: numbers.id,
	e164: numbers.e164,
	label: numbers.label,
	canVoice: numbers.canVoice,
	assistantId: connections.assistantId,
	wantedId: connections.wantedId,
	status: connections.status,
	error: connections.error,
	updatedAt: connections.updatedAt,
};

/** The account's active numbers with who answers each. */
export function listConnections(db: Db, accountId: string): Promise<ConnectionOfNumber[]> {
	return db
		.select(columns)
		.from(numbers)
		.leftJoin(connections, eq(connections.numberId, numbers.id))
		.where(and(eq(numbers.accountId, accountId), eq(numbers.status, "active")))
		.orderBy(asc(numbers.id));
}

export interface Wish {
	numberId: string;
	assistantId: string | null;
	/** Its calls are charged when they are over. */
	isPaidAfterwards: boolean;
	lookAfter: number;
	now: number;
}

const canPay = (accountId: string) => sql`EXISTS (SELECT 1 FROM wallets
	WHERE account_id = ${accountId} AND available_micros >= ${priceOf("assistant_minute", "*", "*")})`;

/** True when there is money for a minute with an assistant. */
export async function paysForMinute(db: Db, accountId: string): Promise<boolean> {
	const [row] = await db.all<{ pays: number }>(sql`SELECT ${canPay(accountId)} AS pays`);
	return row?.pays === 1;
}

/**
 * Writes down who shall answer a number, if number and assistant are the account's and neither is being changed; nobody only where
 * somebody does. Gives nothing when that is not so.
 */
export function wantAssistant(db: Db, accountId: string, wish: Wish): Statement {
	const { numberId, assistantId, isPaidAfterwards, lookAfter, now } = wish;
	return db.all(sql`
		INSERT INTO ${connections} (number_id, account_id, wanted_id, status, look_after, updated_at)
		SELECT n.id, n.account_id, ${assistantId}, 'pending', ${lookAfter}, ${now} FROM numbers n
		WHERE n.account_id = ${accountId} AND n.id = ${numberId} AND n.status = 'active'
			AND ((${assistantId} IS NULL AND EXISTS (SELECT 1 FROM assistant_connections c
				WHERE c.number_id = n.id AND coalesce(c.assistant_id, c.wanted_id, c.provider_ref) IS NOT NULL))
			OR (n.can_voice = 1 AND ${isPaidAfterwards ? canPay(accountId) : sql`1`} AND EXISTS (SELECT 1 FROM assistants a
				WHERE a.account_id = ${accountId} AND a.id = ${assistantId} AND a.status IN ('active', 'pending') AND a.provider_ref IS NOT NULL)))
		ON CONFLICT (number_id) DO UPDATE SET wanted_id = excluded.wanted_id, status = 'pending', error = NULL,
			look_after = excluded.look_after, updated_at = excluded.updated_at, version = version + 1
		WHERE status <> 'pending'
		RETURNING number_id`);
}

/** Everything that telling the provider takes. */
export interface Connecting {
	connection: ConnectionRow;
	number: { e164: string; status: string; carrierRef: string | null; operationId: string | null };
	assistant: { name: string; providerRef: string | null } | null;
}

function connecting(db: Db) {
	return db
		.select({
			connection: connections,
			e164: numbers.e164,
			numberStatus: sql<string>`${numbers.status}`.as("number_status"),
			carrierRef: numbers.carrierRef,
			operationId: numbers.operationId,
			assistantName: sql<string | null>`(SELECT name FROM assistants WHERE id = ${connections.wantedId})`.as(
				"its_name",
			),
			assistantRef: sql<string | null>`(SELECT provider_ref FROM assistants WHERE id = ${connections.wantedId})`.as(
				"its_ref",
			),
		})
		.from(connections)
		.innerJoin(numbers, eq(numbers.id, connections.numberId));
}

type Joined = Awaited<ReturnType<typeof connecting>>[number];

export function asConnecting(row: Joined): Connecting {
	const { connection, e164, numberStatus, carrierRef, operationId, assistantName, assistantRef } = row;
	return {
		connection,
		number: { e164, status: numberStatus, carrierRef, operationId },
		assistant: assistantName === null ? null : { name: assistantName, providerRef: assistantRef },
	};
}

export async function findConnecting(db: Db, accountId: string, numberId: string): Promise<Connecting | null> {
	const [row] = await connecting(db).where(
		and(eq(connections.accountId, accountId), eq(connections.numberId, numberId)),
	);
	return row ? asConnecting(row) : null;
}

/** For the cron: connections that are on their way for too long. */
export async function overdueConnectionsAnyAccount(db: Db, now: number, limit: number): Promise<Connecting[]> {
	const rows = await connecting(db)
		.where(and(sql`${connections.lookAfter} IS NOT NULL`, lte(connections.lookAfter, now)))
		.orderBy(asc(connections.lookAfter))
		.limit(limit);
	return rows.map(asConnecting);
}

/** The provider does as wanted, unless something newer is wanted meanwhile. */
export function keepConnection(
	db: Db,
	{ accountId, numberId, version }: ConnectionRow,
	ref: string | null,
	now: number,
) {
	return db
		.update(connections)
		.set({
			assistantId: sql`wanted_id`,
			status: "active",
			providerRef: ref,
			error: null,
			lookAfter: null,
			updatedAt: now,
		})
		.where(sameAs(accountId, numberId, version))
		.returning();
}

/** The provider will not: what was in force still is. */
export function failConnection(db: Db, { accountId, numberId, version }: ConnectionRow, error: string, now: number) {
	return db
		.update(connections)
		.set({ status: "error", error, lookAfter: null, updatedAt: now })
		.where(sameAs(accountId, numberId, version))
		.returning();
}

export function connectLater(db: Db, { accountId, numberId }: ConnectionRow, lookAfter: number): Statement {
	return db
		.update(connections)
		.set({ lookAfter })
		.where(
			and(
				eq(connections.accountId, accountId),
				eq(connections.numberId, numberId),
				sql`${connections.lookAfter} IS NOT NULL`,
			),
		);
}

const sameAs = (accountId: string, numberId: string, version: number) =>
	and(
		eq(connections.accountId, accountId),
		eq(connections.numberId, numberId),
		eq(connections.version, version),
		eq(connections.status, "pending"),
	);

/** Which assistant shall take a call that came in on this number, by the provider's name for it; for its own hooks. */
export async function assistantForNumberAnyAccount(db: Db, e164: string): Promise<string | null> {
	const [row] = await db.all<{ ref: string | null }>(sql`
		SELECT a.provider_ref AS ref FROM numbers n
		JOIN assistant_connections c ON c.number_id = n.id
		JOIN assistants a ON a.account_id = c.account_id AND a.id = coalesce(c.wanted_id, c.assistant_id)
		WHERE n.e164 = ${e164} AND n.status IN ('pending', 'active', 'releasing') -- as the index has it`);
	return row?.ref ?? null;
}

/** Takes the numbers that the provider answers away from it, for want of money. */
export function stopAnswering(db: Db, accountId: SQL): Statement {
	return db
		.update(connections)
		.set({ wantedId: null, status: "pending", lookAfter: 0, version: sql`version + 1` })
		.where(and(eq(connections.accountId, accountId), sql`${connections.providerRef} IS NOT NULL`));
}

/** Takes every number of an account away from its assistant, for the account's end. */
export function disconnectAll(db: Db, accountId: string): Statement {
	return db
		.update(connections)
		.set({ wantedId: null, status: "pending", lookAfter: 0, version: sql`version + 1` })
		.where(
			and(
				eq(connections.accountId, accountId),
				inArray(connections.status, ["active", "error"]),
				sql`(assistant_id IS NOT NULL OR provider_ref IS NOT NULL)`,
			),
		);
}

/** True while a number of the account is, or may be, answered by an assistant at the provider. */
export async function isConnected(db: Db, accountId: string): Promise<boolean> {
	const [found] = await db
		.select({ numberId: connections.numberId })
		.from(connections)
		.where(
			and(
				eq(connections.accountId, accountId),
				sql`(assistant_id IS NOT NULL OR provider_ref IS NOT NULL OR status = 'pending')`,
			),
		)
		.limit(1);
	return found !== undefined;
}
