import { asc, eq } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { plans } from "../../db/tables";

export type PlanRow = typeof plans.$inferSelect;
export function offeredPlans(db: Db) {
	return db.select().from(plans).where(eq(plans.isOffered, true)).orderBy(asc(plans.position));
}

export function allPlans(db: Db) {
	return db.select().from(plans).orderBy(asc(plans.position), asc(plans.id));
}

export async function findPlan(db: Db, id: string): Promise<PlanRow | null> {
	const [row] = await db.select().from(plans).where(eq(plans.id, id));
	return row ?? null;
}

export function putPlan(db: Db, plan: PlanRow): Statement {
	const { id: _, ...changeable } = plan;
	return db.insert(plans).values(plan).onConflictDoUpdate({ target: plans.id, set: changeable });
}
