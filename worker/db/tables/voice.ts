import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const sipProviders = sqliteTable("sip_providers", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	host: text("host").notNull(),
	port: integer("port").notNull(),
	username: text("username").notNull().default(""),
	passwordSealed: text("password_sealed"),
	active: integer("active", { mode: "boolean" }).notNull().default(true),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const queues = sqliteTable("queues", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	greetingFileId: text("greeting_file_id"),
	memberIds: text("member_ids", { mode: "json" }).$type<string[]>().notNull().default([]),
	maxWaiting: integer("max_waiting").notNull().default(50),
	maxWaitSeconds: integer("max_wait_seconds").notNull().default(900),
	serviceLevelSeconds: integer("service_level_seconds").notNull().default(30),
	announcePosition: integer("announce_position", { mode: "boolean" }).notNull().default(true),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const lineRecording = sqliteTable("line_recording", {
	numberId: text("number_id").primaryKey(),
	accountId: text("account_id").notNull(),
	recordInbound: integer("record_inbound", { mode: "boolean" }),
	recordOutbound: integer("record_outbound", { mode: "boolean" }),
	announce: integer("announce", { mode: "boolean" }),
	announcement: text("announcement"),
	updatedAt: integer("updated_at").notNull(),
});

export const ringGroups = sqliteTable("ring_groups", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	memberIds: text("member_ids", { mode: "json" }).$type<string[]>().notNull(),
	strategy: text("strategy", { enum: ["all", "one_by_one"] })
		.notNull()
		.default("all"),
	ringSeconds: integer("ring_seconds").notNull().default(25),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const queueCalls = sqliteTable("queue_calls", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	queueId: text("queue_id").notNull(),
	callId: text("call_id").notNull(),
	state: text("state", {
		enum: ["waiting", "taken", "connected", "dropped", "transferred", "left", "timed_out"],
	}).notNull(),
	takenBy: text("taken_by"),
	enteredAt: integer("entered_at").notNull(),
	takenAt: integer("taken_at"),
	endedAt: integer("ended_at"),
});
