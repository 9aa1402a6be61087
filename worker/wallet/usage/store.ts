import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../../db/client";
import { usages } from "../../db/tables";
import { type PricedItem, priceOf } from "../store";

/**
 * What is paid by the piece: segments of a text, minutes of a call. `reserveUsage` goes into the batch that begins it (after
 * `liveSession` and `spendAs(db, scope, ref)`), `settleUsage` into the batch in which its end becomes known. Triggers book the ledger.
 */
export interface Use {
	/** The message's or the call's id, and the ledger's `ref`: what is reserved under it twice breaks the second batch. */
	ref: string;
	item: Exclude<PricedItem, "number_month">;
	/** Where it goes to, as in the price book: "US". */
	country: string;
	/** How many are set aside: exactly so many, or as many as there is money for between two bounds (a call of unknown length). */
	units: number | { atLeast: number; atMost: number };
	/** What the owner reads in the statement, such as the other number. */
	memo: string;
	now: number;
	/** When at the latest it will be settled. Later it is listed as a breach of the invariants. */
	settleBy: number;
}

/**
 * Sets the price of a use aside. The row says how many units that were: a call must be hung up after so many minutes. Breaks
 * `wallet_covers`, `day_within_cap` or `member_within_limit`, which answer 402, when not even the least is there.
 */
export function reserveUsage(db: Db, accountId: string, use: Use) {
	const { ref, item, country, units, memo, now, settleBy } = use;
	const { atLeast, atMost } = typeof units === "number" ? { atLeast: units, atMost: units } : units;
	return db.all<{ ref: string; unitsHeld: number; unitMicros: number }>(sql`
		INSERT INTO usages (ref, account_id, item, unit_micros, units_held, memo, created_at, settle_by)
		SELECT ${ref}, account_id, ${item}, unit,
			CAST(iif(unit = 0, ${atMost}, min(${atMost}, max(${atLeast}, room / unit))) AS INTEGER), ${memo}, ${now}, ${settleBy}
		FROM (SELECT account_id, ${priceOf(item, country, "*")} AS unit, ${roomFor(accountId, ref, now)} AS room
			FROM wallets WHERE account_id = ${accountId})
		RETURNING ref, units_held AS "unitsHeld", unit_micros AS "unitMicros"`);
}

/**
 * Charges a use that is known only once it is over: all of it, or as much of it as there is money for. `happened` selects `ref`,
 * `account_id`, `units` and `memo`; no row, no charge. Repeats change nothing.
 */
export function chargeAfterwards(
	db: Db,
	happened: SQL,
	{ item, country, now }: Pick<Use, "item" | "country" | "now">,
): [Statement, Statement] {
	const room = roomFor(sql`h.account_id`, sql`h.ref`, now);
	return [
		db.run(sql`INSERT INTO usages (ref, account_id, item, unit_micros, units_held, memo, created_at, settle_by)
			SELECT ref, account_id, ${item}, unit, CAST(min(units, room / unit) AS INTEGER), memo, ${now}, ${now}
			FROM (SELECT h.*, ${priceOf(item, country, "*")} AS unit, ${room} AS room
				FROM (${happened}) h JOIN wallets ON wallets.account_id = h.account_id)
			WHERE unit > 0 AND units > 0 AND room >= unit ON CONFLICT DO NOTHING`),
		db.run(sql`UPDATE usages SET units_charged = units_held, settled_at = ${now}
			WHERE settled_at IS NULL AND ref IN (SELECT ref FROM (${happened}))`),
	];
}

/** A use and those that are named after it with a dot ("call_1", "call_1.phone"), by their names. */
export function usesUnder(db: Db, accountId: string, ref: string) {
	return (
		db
			.select({ memo: usages.memo, unitMicros: usages.unitMicros, unitsCharged: usages.unitsCharged })
			.from(usages)
			// "/" is what follows "." in the order of names.
			.where(and(eq(usages.accountId, accountId), gte(usages.ref, ref), lt(usages.ref, `${ref}/`)))
			.orderBy(asc(usages.ref))
			.limit(50)
	);
}

/** What may still be spent: the least of the balance, the rest of the daily cap, and the rest of the member's limit. */
function roomFor(accountId: string | SQL, ref: string | SQL, now: number) {
	const day = sql`date(CAST(${now} AS INTEGER) / 1000, 'unixepoch')`;
	const month = sql`CAST(strftime('%s', CAST(${now} AS INTEGER) / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000`;
	return sql`min(available_micros,
		coalesce((SELECT daily_cap_micros - coalesce((SELECT committed_micros FROM wallet_days WHERE account_id = ${accountId} AND day = ${day}), 0)
			FROM wallet_rules WHERE account_id = ${accountId}), available_micros),
		coalesce((SELECT member.spending_limit_micros - (SELECT sum(amount_micros) FROM member_spending
				WHERE account_id = spent.account_id AND user_id = spent.user_id AND created_at >= ${month})
			FROM member_spending AS spent JOIN users AS member ON member.id = spent.user_id WHERE spent.ref = ${ref}), available_micros))`;
}

/**
 * Ends a use: charges `units` of what was set aside, never more than that, and gives the rest back; 0 gives all back. Repeats change
 * nothing and return no row.
 */
export function settleUsage(
	db: Db,
	accountId: string,
	{ ref, units, now }: { ref: string; units: number; now: number },
) {
	return db.all<{ ref: string; costMicros: number }>(sql`
		UPDATE usages SET units_charged = CAST(min(units_held, max(0, ${units})) AS INTEGER), settled_at = ${now}
		WHERE ref = ${ref} AND account_id = ${accountId} AND settled_at IS NULL
		RETURNING ref, unit_micros * units_charged AS "costMicros"`);
}
