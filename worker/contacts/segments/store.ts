import { and, asc, desc, eq, getTableColumns, gt, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../db/client";
import { contacts, segments } from "../../db/tables";
import type { Filter } from "./inputs";

export type SegmentRow = typeof segments.$inferSelect;
const MOST_SEGMENTS = 200;

/**
 * True when contact `c` meets a segment's filter, which may be a column: the database reads the filter itself, so that a campaign's
 * dialer, its preflight and the page of a segment all go by the same words.
 */
export function meets(filter: SQL): SQL {
	const oneOf = (part: string, test: SQL) => sql`(${filter} -> ${part} IS NULL OR ${test})`;
	const named = (part: string) => sql`(SELECT value FROM json_each(${filter}, ${`$.${part}`}))`;
	return sql`(${oneOf("countries", sql`c.country IN ${named("countries")}`)}
		AND ${oneOf("tags", sql`EXISTS (SELECT 1 FROM json_each(c.tags) tag WHERE tag.value IN ${named("tags")})`)}
		AND ${oneOf(
			"contactListIds",
			sql`EXISTS (SELECT 1 FROM list_members m WHERE m.account_id = c.account_id AND m.contact_id = c.id AND m.list_id IN ${named("contactListIds")})`,
		)}
		AND ${oneOf("timeZones", sql`coalesce(c.time_zone, c.zones) IN ${named("timeZones")}`)}
		AND ${oneOf("hasConsent", sql`(c.consented_at IS NOT NULL) = (${filter} ->> 'hasConsent')`)}
		AND ${oneOf(
			"field",
			sql`EXISTS (SELECT 1 FROM json_each(c.custom_fields) own WHERE own.key = ${filter} ->> '$.field.name' AND CAST(own.value AS TEXT) = ${filter} ->> '$.field.value')`,
		)}
		AND ${oneOf("addedSince", sql`c.created_at >= unixepoch(${filter} ->> 'addedSince') * 1000`)})`;
}

export function segmentsOf(db: Db, accountId: string): Promise<SegmentRow[]> {
	return db
		.select()
		.from(segments)
		.where(eq(segments.accountId, accountId))
		.orderBy(desc(segments.id))
		.limit(MOST_SEGMENTS);
}

const one = (accountId: string, id: string) => and(eq(segments.accountId, accountId), eq(segments.id, id));

export function findingSegment(db: Db, accountId: string, id: string) {
	return db.select().from(segments).where(one(accountId, id));
}

export function addingSegment(db: Db, row: SegmentRow) {
	return db.insert(segments).values(row).returning();
}

export function changingSegment(
	db: Db,
	accountId: string,
	id: string,
	change: { name?: string; filter?: Filter; updatedAt: number },
) {
	return db.update(segments).set(change).where(one(accountId, id)).returning();
}

/** Removes a segment unless a campaign still needs it. */
export function removingSegment(db: Db, accountId: string, id: string) {
	return db
		.delete(segments)
		.where(
			and(
				one(accountId, id),
				sql`NOT EXISTS (SELECT 1 FROM campaigns k WHERE k.account_id = ${accountId} AND k.segment_id = ${id}
					AND k.status IN ('scheduled', 'running', 'paused'))`,
			),
		)
		.returning({ id: segments.id });
}

/** The contacts of a segment in the order of their ids; one row more than the page holds. */
export function pagingSegment(
	db: Db,
	accountId: string,
	id: string,
	{ limit, after }: { limit: number; after: string | undefined },
) {
	const filter = sql`(SELECT filter FROM segments WHERE account_id = ${accountId} AND id = ${id})`;
	return db
		.select(getTableColumns(contacts))
		.from(contacts)
		.where(
			and(
				eq(contacts.accountId, accountId),
				after === undefined ? undefined : gt(contacts.id, after),
				sql`EXISTS (SELECT 1 FROM contacts c WHERE c.id = ${contacts.id} AND ${meets(filter)})`,
			),
		)
		.orderBy(asc(contacts.id))
		.limit(limit + 1);
}
