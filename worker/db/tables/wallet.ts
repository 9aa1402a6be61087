import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const wallets = sqliteTable("wallets", {
	accountId: text("account_id").primaryKey(),
	currency: text("currency").notNull().default("USD"),
	availableMicros: integer("available_micros").notNull().default(0),
	heldMicros: integer("held_micros").notNull().default(0),
});

export const ledger = sqliteTable("ledger", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	kind: text("kind").notNull(),
	fromBucket: text("from_bucket", { enum: ["external", "available", "held", "revenue"] }).notNull(),
	toBucket: text("to_bucket", { enum: ["external", "available", "held", "revenue"] }).notNull(),
	amountMicros: integer("amount_micros").notNull(),
	ref: text("ref").notNull(),
	memo: text("memo").notNull().default(""),
	createdAt: integer("created_at").notNull(),
});

export const priceBook = sqliteTable(
	"price_book",
	{
		item: text("item", {
			enum: ["number_month", "call_minute", "assistant_minute", "sms_segment", "mms", "whatsapp"],
		}).notNull(),
		country: text("country").notNull(),
		lineType: text("line_type", { enum: ["*", "local", "mobile", "tollfree"] })
			.notNull()
			.default("*"),
		amountMicros: integer("amount_micros").notNull(),
	},
	(t) => [primaryKey({ columns: [t.item, t.country, t.lineType] })],
);

export const walletDays = sqliteTable(
	"wallet_days",
	{
		accountId: text("account_id").notNull(),
		day: text("day").notNull(),
		committedMicros: integer("committed_micros").notNull().default(0),
		chargedMicros: integer("charged_micros").notNull().default(0),
		paidInMicros: integer("paid_in_micros").notNull().default(0),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.day] })],
);

export const walletRules = sqliteTable("wallet_rules", {
	accountId: text("account_id").primaryKey(),
	dailyCapMicros: integer("daily_cap_micros"),
	lowBalanceMicros: integer("low_balance_micros").notNull().default(5_000_000),
});

export const notices = sqliteTable("notices", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	kind: text("kind").notNull(),
	ref: text("ref").notNull(),
	detail: text("detail", { mode: "json" }).notNull().default({}),
	createdAt: integer("created_at").notNull(),
	mailedAt: integer("mailed_at"),
	readAt: integer("read_at"),
});

export const usages = sqliteTable("usages", {
	ref: text("ref").primaryKey(),
	accountId: text("account_id").notNull(),
	item: text("item", { enum: ["call_minute", "assistant_minute", "sms_segment", "mms", "whatsapp"] }).notNull(),
	unitMicros: integer("unit_micros").notNull(),
	unitsHeld: integer("units_held").notNull(),
	unitsCharged: integer("units_charged"),
	memo: text("memo").notNull().default(""),
	createdAt: integer("created_at").notNull(),
	settleBy: integer("settle_by").notNull(),
	settledAt: integer("settled_at"),
});
