import { and, asc, eq, sql } from "drizzle-orm";
import type { Db } from "../../db/client";
import { ringGroups } from "../../db/tables";

export type RingGroupRow = typeof ringGroups.$inferSelect;

/** More than anybody has. */
const MOST = 200;

const one = (accountId: string, id: string) => and(eq(ringGroups.accountId, accountId), eq(ringGroups.id, id));

export function ringGroupsOf(db: Db, accountId: string): Promise<RingGroupRow[]> {
	return db
		.select()
		.from(ringGroups)
		.where(eq(ringGroups.accountId, accountId))
		.orderBy(asc(ringGroups.name))
		.limit(MOST);
}

export async function findRingGroup(db: Db, accountId: string, id: string): Promise<RingGroupRow | undefined> {
	const [found] = await db.select().from(ringGroups).where(one(accountId, id));
	return found;
}

export async function addRingGroup(db: Db, row: RingGroupRow): Promise<void> {
	await db.insert(ringGroups).values(row);
}

export function changeRingGroup(
	db: Db,
	accountId: string,
	id: string,
	change: Partial<Omit<RingGroupRow, "id" | "accountId" | "createdAt">>,
) {
	return db.update(ringGroups).set(change).where(one(accountId, id)).returning();
}

const rings = (accountId: string, id: string) =>
	sql`FROM numbers n WHERE n.account_id = ${accountId} AND n.status = 'active' AND instr(n.routing, ${`"${id}"`}) > 0`;

/** A line whose calls ring this group. */
export function lineRinging(db: Db, accountId: string, id: string) {
	return db.all<{ e164: string }>(sql`SELECT n.e164 ${rings(accountId, id)} LIMIT 1`);
}

/** Removes a group that no line rings. */
export function removingRingGroup(db: Db, accountId: string, id: string) {
	return db
		.delete(ringGroups)
		.where(and(one(accountId, id), sql`NOT EXISTS (SELECT 1 ${rings(accountId, id)})`))
		.returning({ id: ringGroups.id });
}
