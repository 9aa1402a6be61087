import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
});

export const parkedMessages = sqliteTable("parked_messages", {
	carrierRef: text("carrier_ref").primaryKey(),
	ownE164: text("own_e164").notNull(),
	form: text("form", { mode: "json" }).notNull(),
	receivedAt: integer("received_at").notNull(),
});
