import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import type { Given } from "../db/fixed";
import { ledger, priceBook, walletDays, walletRules, wallets } from "../db/tables";

export type Bucket = "external" | "available" | "held" | "revenue";
export type LedgerRow = typeof ledger.$inferSelect;
export type WalletRow = typeof wallets.$inferSelect;
export type PricedItem = "number_month" | "call_minute" | "assistant_minute" | "sms_segment" | "mms" | "whatsapp";

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

/** Gives back what a message was charged, once, when the carrier says that it never left. */
export function refundUnsent(db: Db, messageId: Given<string | null>, now: Given<number>): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT l.account_id, 'message_refund', 'revenue', 'available', l.amount_micros, l.ref, l.memo, ${now}
		FROM ledger l JOIN messages m ON m.id = l.ref
		WHERE l.ref = ${messageId} AND l.kind = 'message_charge' AND m.status = 'failed' ON CONFLICT DO NOTHING`);
}

export interface PaidTopUp {
	paymentId: string;
	amountMicros: number;
	currency: string;
	method: string;
	now: number;
}

/** Credits a top-up of exactly this amount that is not paid yet. The account is the payment's own. */
export function creditTopUpAnyAccount(
	db: Db,
	{ paymentId, amountMicros, currency, method, now }: PaidTopUp,
): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT account_id, iif(is_simulated, 'simulated_top_up', 'top_up'), 'external', 'available', amount_micros, id,
			iif(is_simulated, 'Simulated payment', ${method}), ${now}
		FROM payments WHERE id = ${paymentId} AND kind = 'top_up' AND amount_micros = ${amountMicros}
			AND currency = ${currency} AND status IN ('open', 'failed', 'expired')`);
}

export interface PaidPeriod {
	invoiceRef: string;
	accountId: string;
	planId: string;
	amountMicros: number;
	isSimulated: boolean;
	now: number;
}

/**
 * Credits what a plan includes for a period that was paid for, once per invoice. Who paid a part of the price, because the rest was
 * owed to them from a plan they left early, is credited with the same part: changing plans back and forth makes nobody richer.
 */
export function creditPlan(
	db: Db,
	{ invoiceRef, accountId, planId, amountMicros, isSimulated, now }: PaidPeriod,
): Statement {
	const paid = sql`min(plans.price_micros, CAST(${amountMicros} AS INTEGER))`;
	const share = sql`iif(plans.price_micros > 0, CAST(plans.credit_micros * (1.0 * ${paid} / plans.price_micros) AS INTEGER), plans.credit_micros)`;
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT wallets.account_id, iif(${Number(isSimulated)}, 'simulated_plan_credit', 'plan_credit'), 'external', 'available',
			${share}, ${invoiceRef}, plans.name, ${now}
		FROM wallets, plans WHERE wallets.account_id = ${accountId} AND plans.id = ${planId} AND ${share} > 0 AND ${amountMicros} > 0
		ON CONFLICT DO NOTHING`);
}

/** What was taken back for a dispute comes back when it is won, once. Nothing when nothing was taken. */
export function returnDisputedAnyAccount(db: Db, disputeRef: string, now: number): Statement {
	return db.run(sql`
		INSERT INTO ledger (account_id, kind, from_bucket, to_bucket, amount_micros, ref, memo, created_at)
		SELECT account_id, 'dispute_won', 'external', 'available', amount_micros, ref, memo, ${now}
		FROM ledger WHERE ref = ${disputeRef} AND kind = 'dispute' ON CONFLICT DO NOTHING`);
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

/** What a minute of a call, or of an assistant's talk, costs, by country; "*" for all others. */
export function callPrices(db: Db, item: "call_minute" | "assistant_minute" = "call_minute") {
	return db
		.select({ country: priceBook.country, micros: priceBook.amountMicros })
		.from(priceBook)
		.where(and(eq(priceBook.item, item), eq(priceBook.lineType, "*")));
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

const RULES_AT_FIRST = { dailyCapMicros: null, lowBalanceMicros: 5_000_000 };

export async function findRules(db: Db, accountId: string) {
	const [row] = await db
		.select({ dailyCapMicros: walletRules.dailyCapMicros, lowBalanceMicros: walletRules.lowBalanceMicros })
		.from(walletRules)
		.where(eq(walletRules.accountId, accountId));
	return row ?? RULES_AT_FIRST;
}

export async function putRules(
	{ db, accountId }: { db: Db; accountId: string },
	rules: { dailyCapMicros: number | null; lowBalanceMicros: number },
): Promise<void> {
	await db
		.insert(walletRules)
		.values({ accountId, ...rules })
		.onConflictDoUpdate({ target: walletRules.accountId, set: rules });
}

/** What was spent and paid in, by day since one, oldest first. Days without either are left out. */
export function spendingSince(db: Db, accountId: string, day: string) {
	return db
		.select()
		.from(walletDays)
		.where(and(eq(walletDays.accountId, accountId), gte(walletDays.day, day)))
		.orderBy(asc(walletDays.day));
}

export interface PriceKey {
	item: PricedItem;
	country: string;
	lineType: "*" | "local" | "mobile" | "tollfree";
}

const keyOf = ({ item, country, lineType }: PriceKey) =>
	and(eq(priceBook.item, item), eq(priceBook.country, country), eq(priceBook.lineType, lineType));

export function allPrices(db: Db) {
	return db.select().from(priceBook).orderBy(asc(priceBook.item), asc(priceBook.country), asc(priceBook.lineType));
}

export async function findPrice(db: Db, key: PriceKey) {
	const [row] = await db.select().from(priceBook).where(keyOf(key));
	return row ?? null;
}

export function putPrice(db: Db, price: PriceKey & { amountMicros: number }): Statement {
	return db
		.insert(priceBook)
		.values(price)
		.onConflictDoUpdate({
			target: [priceBook.item, priceBook.country, priceBook.lineType],
			set: { amountMicros: price.amountMicros },
		});
}

export function deletePrice(db: Db, key: PriceKey): Statement {
	return db.delete(priceBook).where(keyOf(key));
}

/** What the account may still set aside today: its balance, and no more than its daily cap leaves. */
export function spendable(accountId: string, now: number): SQL {
	return sql`(SELECT min(w.available_micros, coalesce(r.daily_cap_micros - coalesce(d.committed_micros, 0), w.available_micros))
		FROM wallets w LEFT JOIN wallet_rules r ON r.account_id = w.account_id
		LEFT JOIN wallet_days d ON d.account_id = w.account_id AND d.day = date(${now} / 1000, 'unixepoch')
		WHERE w.account_id = ${accountId})`;
}
