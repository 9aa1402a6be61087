import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const webhooks = sqliteTable("webhooks", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	url: text("url").notNull(),
	description: text("description").notNull().default(""),
	events: text("events", { mode: "json" }).notNull(),
	status: text("status", { enum: ["active", "paused", "disabled"] })
		.notNull()
		.default("active"),
	disabledReason: text("disabled_reason"),
	secretSealed: text("secret_sealed").notNull(),
	previousSealed: text("previous_sealed"),
	previousUntil: integer("previous_until"),
	failingSince: integer("failing_since"),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const webhookDeliveries = sqliteTable("webhook_deliveries", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	webhookId: text("webhook_id").notNull(),
	eventId: text("event_id").notNull(),
	type: text("type").notNull(),
	payload: text("payload", { mode: "json" }).notNull(),
	status: text("status", { enum: ["pending", "delivered", "failed"] })
		.notNull()
		.default("pending"),
	tries: integer("tries").notNull().default(0),
	nextTry: integer("next_try"),
	answerStatus: integer("answer_status"),
	answerMs: integer("answer_ms"),
	error: text("error"),
	createdAt: integer("created_at").notNull(),
	doneAt: integer("done_at"),
});
