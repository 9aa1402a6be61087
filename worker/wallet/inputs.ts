import * as z from "zod";
import { PageQuery } from "../http/pages";

export const MoneyShape = z.object({ amountMicros: z.int(), currency: z.string() });

export const WalletQuery = z.object({ userId: z.string().optional() });
export const EntriesQuery = PageQuery.extend({ userId: z.string().optional() });

export const Wallet = z.object({
	userId: z.string(),
	/** All that is the customer's: available and held. */
	balance: MoneyShape,
	available: MoneyShape,
	held: MoneyShape,
	simulated: z.boolean(),
});

export const WalletEntry = z.object({
	id: z.string(),
	kind: z.string(),
	from: z.string(),
	to: z.string(),
	amount: MoneyShape,
	/** What it did to the balance: positive in, negative out, 0 between available and held. */
	change: MoneyShape,
	balanceAfter: MoneyShape,
	availableAfter: MoneyShape,
	memo: z.string(),
	/** The memo as people read it: a number in international form. */
	formatted: z.string(),
	ref: z.string(),
	createdAt: z.string(),
});

export const WalletRules = z.strictObject({
	/** The most that may be spent in a day (UTC), rent apart; null: no cap. */
	dailyCapMicros: z.int().min(0).max(1_000_000_000_000).nullable(),
	/** Below this the owner gets a notice. */
	lowBalanceMicros: z.int().min(0).max(1_000_000_000_000),
});
export type WalletRules = z.output<typeof WalletRules>;
export const WalletRulesChange = WalletRules.partial();
export type WalletRulesChange = z.output<typeof WalletRulesChange>;

const country = z.union([z.literal("*"), z.string().regex(/^[A-Z]{2}$/, "must be a country code such as US, or *")]);

export const PriceKey = z.strictObject({
	item: z.enum(["number_month", "call_minute", "assistant_minute", "sms_segment", "mms", "whatsapp"]),
	country,
	lineType: z.enum(["*", "local", "mobile", "tollfree"]).default("*"),
});
export type PriceKey = z.output<typeof PriceKey>;
export const Price = PriceKey.extend({ amountMicros: z.int().min(0).max(1_000_000_000) });
export type Price = z.output<typeof Price>;

export const SpendQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) });
export const SpendDay = z.object({ day: z.string(), spent: MoneyShape, paidIn: MoneyShape });
