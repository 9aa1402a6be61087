import { and, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { Db, Statement } from "../../db/client";
import { differences } from "../../db/tables";

export type Source = "carrier" | "payments";

export interface Difference {
	source: Source;
	kind: string;
	/** What it is about. One matter is listed once until it is closed. */
	ref: string;
	accountId: string | null;
	detail: Record<string, unknown>;
}

/** Lists a difference, or notes that it is still there. */
export function noteDifference(db: Db, difference: Difference, now: number): Statement {
	const { detail } = difference;
	return db
		.insert(differences)
		.values({ id: `dif_${ulid()}`, ...difference, foundAt: now, seenAt: now })
		.onConflictDoUpdate({
			target: [differences.source, differences.kind, differences.ref],
			targetWhere: sql`closed_at IS NULL`,
			set: { seenAt: now, detail },
		});
}

/** The same, if a condition holds in the very batch. */
export function noteDifferenceIf(db: Db, condition: SQL, difference: Difference, now: number): Statement {
	const { source, kind, ref, accountId, detail } = difference;
	return db.run(sql`INSERT INTO differences (id, source, kind, ref, account_id, detail, found_at, seen_at)
		SELECT ${`dif_${ulid()}`}, ${source}, ${kind}, ${ref}, ${accountId}, ${JSON.stringify(detail)}, ${now}, ${now} WHERE ${condition}
		ON CONFLICT (source, kind, ref) WHERE closed_at IS NULL DO UPDATE SET seen_at = excluded.seen_at, detail = excluded.detail`);
}

/** Closes what a look at the same books no longer finds: somebody has put it right. */
export function closeVanished(db: Db, source: Source, now: number): Statement {
	return db
		.update(differences)
		.set({ closedAt: now, closedBy: "vanished" })
		.where(
			and(
				eq(differences.source, source),
				isNull(differences.closedAt),
				lt(differences.seenAt, now),
				sql`${differences.kind} LIKE 'found_%'`,
			),
		);
}

/** Open differences, newest first. */
export function openDifferences(db: Db, limit: number, before: string | undefined) {
	return db
		.select()
		.from(differences)
		.where(and(isNull(differences.closedAt), before === undefined ? undefined : lt(differences.id, before)))
		.orderBy(desc(differences.id))
		.limit(limit);
}

/** Says that an administrator has dealt with it. False when there is no such open difference. */
export async function closeDifference(
	db: Db,
	id: string,
	closing: { by: string; note: string; now: number },
): Promise<boolean> {
	const rows = await db
		.update(differences)
		.set({ closedAt: closing.now, closedBy: closing.by, note: closing.note })
		.where(and(eq(differences.id, id), isNull(differences.closedAt)))
		.returning({ id: differences.id });
	return rows.length > 0;
}
