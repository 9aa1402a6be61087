import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const operations = sqliteTable("operations", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	kind: text("kind").notNull(),
	idempotencyKey: text("idempotency_key"),
	requestHash: text("request_hash").notNull().default(""),
	state: text("state", { enum: ["open", "unknown", "done", "failed"] })
		.notNull()
		.default("open"),
	holdMicros: integer("hold_micros").notNull().default(0),
	detail: text("detail", { mode: "json" }).notNull().default({}),
	responseStatus: integer("response_status"),
	responseBody: text("response_body"),
	createdAt: integer("created_at").notNull(),
	settledAt: integer("settled_at"),
	parentId: text("parent_id"),
});

export const numbers = sqliteTable("numbers", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	e164: text("e164").notNull(),
	status: text("status", { enum: ["pending", "active", "releasing", "released", "failed"] }).notNull(),
	country: text("country").notNull(),
	lineType: text("line_type", { enum: ["local", "mobile", "tollfree"] }).notNull(),
	label: text("label").notNull().default(""),
	city: text("city").notNull().default(""),
	region: text("region").notNull().default(""),
	provider: text("provider", { enum: ["twilio", "simulated"] }).notNull(),
	carrierRef: text("carrier_ref"),
	canVoice: integer("can_voice", { mode: "boolean" }).notNull().default(false),
	canSms: integer("can_sms", { mode: "boolean" }).notNull().default(false),
	canMms: integer("can_mms", { mode: "boolean" }).notNull().default(false),
	monthlyMicros: integer("monthly_micros").notNull(),
	assignedTo: text("assigned_to"),
	assistantId: text("assistant_id"),
	routing: text("routing", { mode: "json" }),
	operationId: text("operation_id"),
	purchasedAt: integer("purchased_at"),
	releasedAt: integer("released_at"),
	createdAt: integer("created_at").notNull(),
	rentPaidThrough: integer("rent_paid_through"),
	rentDueSince: integer("rent_due_since"),
	rentNextTry: integer("rent_next_try"),
	settingsBefore: text("settings_before", { mode: "json" }),
});

export const channels = sqliteTable("channels", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	numberId: text("number_id").notNull(),
	name: text("name").notNull(),
	type: text("type", { enum: ["whatsapp", "sms", "voice"] }).notNull(),
	status: text("status", { enum: ["active", "deleted"] }).notNull(),
	createdAt: integer("created_at").notNull(),
});
