import { type SQL, sql } from "drizzle-orm";

/** Each caller number in turn; or, of those with the most leading digits in common with the called number, each in turn. */
export function callerOf({ callers, local }: { callers: string[]; local: boolean }): SQL {
	const json = JSON.stringify(callers);
	const turn = sql`(k + attempts_made)`;
	if (!local || callers.length < 2)
		return sql`json_extract(${json}, '$[' || (${turn} % CAST(${callers.length} AS INTEGER)) || ']')`;
	const alike = [2, 3, 4, 5, 6].map((digits) => sql`(substr(own.value, 1, ${digits}) = substr(e164, 1, ${digits}))`);
	return sql`(SELECT own.value FROM json_each(${json}) own
		ORDER BY ${sql.join(alike, sql` + `)} DESC, (own.key + ${turn}) % CAST(${callers.length} AS INTEGER) LIMIT 1)`;
}
