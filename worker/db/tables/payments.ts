import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const plans = sqliteTable("plans", {
	id: text("id").primaryKey(),
	name: text("name").notNull(),
	description: text("description").notNull().default(""),
	priceMicros: integer("price_micros").notNull(),
	currency: text("currency").notNull().default("USD"),
	creditMicros: integer("credit_micros").notNull().default(0),
	isOffered: integer("is_offered", { mode: "boolean" }).notNull().default(true),
	position: integer("position").notNull().default(0),
});

export const billingCustomers = sqliteTable("billing_customers", {
	accountId: text("account_id").primaryKey(),
	customerRef: text("customer_ref").notNull(),
});

export const payments = sqliteTable("payments", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	kind: text("kind", { enum: ["top_up", "subscription"] }).notNull(),
	status: text("status", { enum: ["open", "succeeded", "failed", "expired", "refunded", "disputed"] }).notNull(),
	amountMicros: integer("amount_micros").notNull(),
	refundedMicros: integer("refunded_micros").notNull().default(0),
	currency: text("currency").notNull().default("USD"),
	method: text("method").notNull().default(""),
	planId: text("plan_id"),
	checkoutRef: text("checkout_ref"),
	intentRef: text("intent_ref"),
	isSimulated: integer("is_simulated", { mode: "boolean" }).notNull(),
	createdAt: integer("created_at").notNull(),
	settledAt: integer("settled_at"),
});

export const subscriptions = sqliteTable("subscriptions", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	planId: text("plan_id").notNull(),
	status: text("status", {
		enum: ["incomplete", "trialing", "active", "past_due", "unpaid", "paused", "canceled"],
	}).notNull(),
	statusRank: integer("status_rank").notNull(),
	periodStart: integer("period_start").notNull(),
	periodEnd: integer("period_end").notNull(),
	cancelAtPeriodEnd: integer("cancel_at_period_end", { mode: "boolean" }).notNull().default(false),
	providerRef: text("provider_ref").notNull(),
	isSimulated: integer("is_simulated", { mode: "boolean" }).notNull(),
	heardAt: integer("heard_at").notNull(),
	createdAt: integer("created_at").notNull(),
});

export const paymentEvents = sqliteTable("payment_events", {
	eventRef: text("event_ref").primaryKey(),
	kind: text("kind").notNull(),
	receivedAt: integer("received_at").notNull(),
});

export const differences = sqliteTable("differences", {
	id: text("id").primaryKey(),
	source: text("source", { enum: ["carrier", "payments"] }).notNull(),
	kind: text("kind").notNull(),
	ref: text("ref").notNull(),
	accountId: text("account_id"),
	detail: text("detail", { mode: "json" }).notNull().default({}),
	foundAt: integer("found_at").notNull(),
	seenAt: integer("seen_at").notNull(),
	closedAt: integer("closed_at"),
	closedBy: text("closed_by"),
	note: text("note").notNull().default(""),
});
