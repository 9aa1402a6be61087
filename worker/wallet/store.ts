import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { ledger, priceBook, wallets } from "../db/tables";

export type Bucket = "external" | "available" | "held" | "revenue";
export type LedgerRow = typeof ledger.$inferSelect;
export type WalletRow = typeof wallets.$inferSelect;
export type PricedItem = "number_month" | "call_minute" | "sms_segment" | "mms";

export interface Entry {
	/** With `ref` it is unique: whatever happens twice is booked once. */
	kind: string;
	from: Bucket;
	to: Bucket;
	ref: string;
	memo: string;
	now: number;
}

/** Moves an amount between two buckets. `wallet_covers` breaks when the account has too little. */
export function book(db: Db, accountId: string, entry: Entry & { amountMicros: number }): Statement {
	const { kind, from, to, ref, memo, now, amountMicros } = entry;
	return db
		.insert(ledger)
		.values({ accountId, kind, fromBucket: from, toBucket: to, amountMicros, ref, memo, createdAt: now });
}

/** Moves what an operation sets aside; its id is the entry's `ref`. Moves nothing when that is nothing. */
export function bookHold(db: Db, accountId: string, operationId: string, entry: Omit<Entry, "ref">): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT account_id, ${entry.kind}, ${entry.from}, ${entry.to}, hold_micros, id, ${entry.memo}, ${entry.now}
		FROM operations WHERE id = ${operationId} AND account_id = ${accountId} AND hold_micros > 0`);
}

/** In simulation: pays in what the operation is about to hold, when the balance does not cover it. */
export function creditShortfall(db: Db, accountId: string, operationId: string, now: number): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT o.account_id, 'simulated_credit', 'external', 'available', o.hold_micros, o.id, 'Simulated payment', ${now}
		FROM operations o JOIN wallets w ON w.account_id = o.account_id
		WHERE o.id = ${operationId} AND o.account_id = ${accountId} AND w.available_micros < o.hold_micros`);
}

/** Takes the simulated payment back, so that a purchase that fails leaves nobody richer. */
export function takeBackCredit(db: Db, accountId: string, operationId: string, now: number): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT account_id, 'simulated_credit_back', 'available', 'external', amount_micros, ref, memo, ${now}
		FROM ledger WHERE ref = ${operationId} AND kind = 'simulated_credit' AND account_id = ${accountId}`);
}

/** What a thing costs, as an expression: the exact country goes before '*', then the exact type. */
export function priceOf(item: PricedItem, country: string, lineType: string): SQL<number> {
	return sql<number>`(SELECT amount_micros FROM price_book
		WHERE item = ${item} AND country IN (${country}, '*') AND line_type IN (${lineType}, '*')
		ORDER BY country = '*', line_type = '*' LIMIT 1)`;
}

export interface PriceRow {
	country: string;
	lineType: string;
	amountMicros: number;
}

/** The prices of one item that may apply in a country. */
export async function pricesIn(db: Db, item: PricedItem, country: string): Promise<PriceRow[]> {
	return db
		.select()
		.from(priceBook)
		.where(and(eq(priceBook.item, item), inArray(priceBook.country, [country, "*"])));
}

export async function walletOf(db: Db, accountId: string): Promise<WalletRow | null> {
	const [row] = await db.select().from(wallets).where(eq(wallets.accountId, accountId));
	return row ?? null;
}

/** The newest entries, or those before `beforeSeq`, with the wallet as it stood when they were read. */
export async function statementOf(
	db: Db,
	accountId: string,
	limit: number,
	beforeSeq: number | undefined,
): Promise<{ wallet: WalletRow | undefined; entries: LedgerRow[] }> {
	const [[wallet], entries] = await db.batch([
		db.select().from(wallets).where(eq(wallets.accountId, accountId)),
		db
			.select()
			.from(ledger)
			.where(and(eq(ledger.accountId, accountId), beforeSeq === undefined ? undefined : lt(ledger.seq, beforeSeq)))
			.orderBy(desc(ledger.seq))
			.limit(limit),
	]);
	return { wallet, entries };
}
