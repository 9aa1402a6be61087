import { type SQL, sql } from "drizzle-orm";

/** What D1 takes for one function, two by two. */
const MOST_FIELDS = 16;

/** JSON that the database writes, field by field: its rows need not become objects here to become text again at once. */
export function jsonObject(fields: Record<string, unknown>): SQL<string> {
	const pairs = Object.entries(fields);
	if (pairs.length > MOST_FIELDS) throw new Error(`at most ${MOST_FIELDS} fields`);
	return sql`json_object(${sql.join(
		pairs.map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`),
		sql`, `,
	)})`;
}

/** A moment in Unix milliseconds as ISO 8601, as `toISOString` says it; NULL stays NULL. `strftime` takes three times as long. */
export const isoTime = (milliseconds: unknown): SQL =>
	sql`replace(datetime(${milliseconds} / 1000.0, 'unixepoch', 'subsec'), ' ', 'T') || 'Z'`;

/** What is true or not, as JSON says it. */
export const jsonBoolean = (condition: SQL): SQL => sql`json(iif(${condition}, 'true', 'false'))`;
