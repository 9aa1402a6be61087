import { eq, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { reachLimits } from "../../db/tables";
import { type Channel, notSuppressed } from "../store";

/** What a batch that calls or texts somebody may insist on; each is a named constraint of the `reach_rules` table. */
export type ReachClaim =
	| "peer_is_open"
	| "country_is_open"
	| "number_can_text"
	| "number_can_show"
	| "media_is_there"
	| "within_minute"
	| "within_day"
	| "within_daily_spend"
	| "failed_before";

/** A statement that aborts its whole batch unless `condition` holds. `http/answer.ts` says what each claim means to the caller. */
export function insist(db: Db, claim: ReachClaim, condition: SQL): Statement {
	return db.run(sql`INSERT INTO reach_rules (claim) SELECT ${claim} WHERE NOT coalesce((${condition}), 0)`);
}

/**
 * The consent gate as a statement: aborts the batch with `opted_out` when the person has asked this account for silence on the channel,
 * or stands on its do-not-call list. Every batch that sends a message or places a call has it, or {@link notSuppressed} in its own words.
 */
export function mustBeOpen(db: Db, accountId: string, e164: string, channel: Channel): Statement {
	return insist(db, "peer_is_open", notSuppressed(accountId, e164, channel));
}

/** One limit as it holds for an account: its own, or everybody's. */
export function limitOf(
	accountId: string,
	own: "countries" | "messages_per_minute" | "messages_per_day" | "message_spend_per_day_micros",
	everybodys: "countries" | "messagesPerMinute" | "messagesPerDay" | "messageSpendPerDayMicros",
): SQL {
	return sql`coalesce((SELECT ${sql.identifier(own)} FROM reach_limits WHERE account_id = ${accountId}),
		(SELECT json_extract(value, ${`$.${everybodys}`}) FROM installation WHERE name = 'reach'))`;
}

/** True when the account may call and text numbers of this country (ISO 3166-1 alpha-2). */
export function isOpenCountry(accountId: string, country: string): SQL {
	return sql`EXISTS (SELECT 1 FROM json_each(${limitOf(accountId, "countries", "countries")}) open WHERE open.value = ${country})`;
}

/** Aborts the batch with `not_allowed` unless the account may reach this country. For calls and messages alike. */
export function mustReach(db: Db, accountId: string, country: string): Statement {
	return insist(db, "country_is_open", isOpenCountry(accountId, country));
}

export type LimitsRow = Omit<typeof reachLimits.$inferSelect, "accountId">;

/** What was decided about one account; undefined when nothing was. */
export async function findLimits(db: Db, accountId: string): Promise<LimitsRow | undefined> {
	const [row] = await db.select(decided).from(reachLimits).where(eq(reachLimits.accountId, accountId));
	return row;
}

const decided = {
	countries: reachLimits.countries,
	messagesPerMinute: reachLimits.messagesPerMinute,
	messagesPerDay: reachLimits.messagesPerDay,
	messageSpendPerDayMicros: reachLimits.messageSpendPerDayMicros,
};

/** Writes what is named and leaves the rest. */
export function putLimits(db: Db, accountId: string, change: Partial<LimitsRow>): Statement {
	return db
		.insert(reachLimits)
		.values({ accountId, ...change })
		.onConflictDoUpdate({ target: reachLimits.accountId, set: { accountId, ...change } });
}
