import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const conversations = sqliteTable("conversations", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	ownE164: text("own_e164").notNull(),
	peer: text("peer").notNull(),
	channel: text("channel", { enum: ["sms", "whatsapp"] }).notNull(),
	unread: integer("unread").notNull().default(0),
	lastText: text("last_text").notNull().default(""),
	lastAt: integer("last_at").notNull(),
	createdAt: integer("created_at").notNull(),
	status: text("status", { enum: ["open", "snoozed", "done", "archived"] })
		.notNull()
		.default("open"),
	snoozedUntil: integer("snoozed_until"),
	assignedTo: text("assigned_to"),
	peerName: text("peer_name").notNull().default(""),
	lastDirection: text("last_direction", { enum: ["inbound", "outbound"] })
		.notNull()
		.default("inbound"),
	seq: integer("seq"),
});

export const messages = sqliteTable("messages", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	id: text("id").notNull(),
	accountId: text("account_id").notNull(),
	conversationId: text("conversation_id").notNull(),
	direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
	body: text("body").notNull().default(""),
	media: text("media", { mode: "json" }).notNull().default([]),
	status: text("status").notNull(),
	carrierRef: text("carrier_ref"),
	consent: text("consent", { enum: ["stop", "start"] }),
	createdAt: integer("created_at").notNull(),
	userId: text("user_id"),
	statusRank: integer("status_rank").notNull().default(0),
	errorCode: text("error_code"),
	segments: integer("segments"),
	costMicros: integer("cost_micros"),
	retryOf: text("retry_of"),
	operationId: text("operation_id"),
	eventKey: text("event_key"),
});

export const parkedMessages = sqliteTable("parked_messages", {
	carrierRef: text("carrier_ref").primaryKey(),
	ownE164: text("own_e164").notNull(),
	form: text("form", { mode: "json" }).notNull(),
	receivedAt: integer("received_at").notNull(),
});

export const messageEvents = sqliteTable("message_events", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	eventKey: text("event_key").notNull(),
	accountId: text("account_id"),
	messageId: text("message_id"),
	status: text("status").notNull(),
	errorCode: text("error_code"),
	createdAt: integer("created_at").notNull(),
});

export const messageDays = sqliteTable(
	"message_days",
	{
		accountId: text("account_id").notNull(),
		day: text("day").notNull(),
		sent: integer("sent").notNull().default(0),
		received: integer("received").notNull().default(0),
		committedMicros: integer("committed_micros").notNull().default(0),
	},
	(table) => [primaryKey({ columns: [table.accountId, table.day] })],
);

export const reachRules = sqliteTable("reach_rules", { claim: text("claim").notNull() });

export const reachLimits = sqliteTable("reach_limits", {
	accountId: text("account_id").primaryKey(),
	countries: text("countries", { mode: "json" }),
	messagesPerMinute: integer("messages_per_minute"),
	messagesPerDay: integer("messages_per_day"),
	messageSpendPerDayMicros: integer("message_spend_per_day_micros"),
});

export const conversationLabels = sqliteTable(
	"conversation_labels",
	{
		accountId: text("account_id").notNull(),
		label: text("label").notNull(),
		conversationId: text("conversation_id").notNull(),
	},
	(table) => [primaryKey({ columns: [table.accountId, table.label, table.conversationId] })],
);

export const conversationNotes = sqliteTable("conversation_notes", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	conversationId: text("conversation_id").notNull(),
	userId: text("user_id").notNull(),
	body: text("body").notNull(),
	createdAt: integer("created_at").notNull(),
});

export const conversationSeen = sqliteTable(
	"conversation_seen",
	{
		accountId: text("account_id").notNull(),
		conversationId: text("conversation_id").notNull(),
		userId: text("user_id").notNull(),
		seenAt: integer("seen_at").notNull(),
	},
	(table) => [primaryKey({ columns: [table.accountId, table.conversationId, table.userId] })],
);

export const messageTemplates = sqliteTable("message_templates", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	body: text("body").notNull(),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const scheduledMessages = sqliteTable("scheduled_messages", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	kind: text("kind", { enum: ["wish", "help"] })
		.notNull()
		.default("wish"),
	ownE164: text("own_e164").notNull(),
	peer: text("peer").notNull(),
	channel: text("channel", { enum: ["sms", "whatsapp"] }).notNull(),
	body: text("body").notNull(),
	media: text("media", { mode: "json" }).notNull().default([]),
	sendAt: integer("send_at").notNull(),
	state: text("state", { enum: ["waiting", "sending", "sent", "failed", "canceled"] })
		.notNull()
		.default("waiting"),
	tries: integer("tries").notNull().default(0),
	messageId: text("message_id"),
	reason: text("reason"),
	createdAt: integer("created_at").notNull(),
});

export const messageSettings = sqliteTable("message_settings", {
	accountId: text("account_id").primaryKey(),
	helpText: text("help_text"),
});

export const messageMedia = sqliteTable("message_media", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	status: text("status", { enum: ["pending", "ready", "lost"] }).notNull(),
	filename: text("filename").notNull().default(""),
	mediaType: text("media_type").notNull().default("application/octet-stream"),
	byteLength: integer("byte_length").notNull().default(0),
	r2Key: text("r2_key").notNull(),
	messageRef: text("message_ref"),
	position: integer("position").notNull().default(0),
	tries: integer("tries").notNull().default(0),
	nextTry: integer("next_try"),
	createdAt: integer("created_at").notNull(),
});
