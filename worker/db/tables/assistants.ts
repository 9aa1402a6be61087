import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const assistants = sqliteTable("assistants", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	status: text("status", { enum: ["pending", "active", "error", "deleting", "deleted"] }).notNull(),
	provider: text("provider", { enum: ["real", "simulated"] }).notNull(),
	providerRef: text("provider_ref"),
	name: text("name").notNull(),
	spec: text("spec", { mode: "json" }).notNull(),
	keptSpec: text("kept_spec", { mode: "json" }),
	address: text("address"),
	error: text("error"),
	version: integer("version").notNull().default(1),
	operationId: text("operation_id"),
	lookAfter: integer("look_after"),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const assistantConnections = sqliteTable("assistant_connections", {
	numberId: text("number_id").primaryKey(),
	accountId: text("account_id").notNull(),
	assistantId: text("assistant_id"),
	wantedId: text("wanted_id"),
	status: text("status", { enum: ["pending", "active", "error"] }).notNull(),
	providerRef: text("provider_ref"),
	error: text("error"),
	version: integer("version").notNull().default(1),
	lookAfter: integer("look_after"),
	updatedAt: integer("updated_at").notNull(),
});

export const assistantCalls = sqliteTable("assistant_calls", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	assistantId: text("assistant_id").notNull(),
	providerRef: text("provider_ref").notNull(),
	carrierRef: text("carrier_ref"),
	direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
	fromAddress: text("from_address").notNull().default(""),
	toAddress: text("to_address").notNull().default(""),
	status: text("status", {
		enum: ["scheduled", "queued", "ringing", "in-progress", "forwarding", "ended"],
	}).notNull(),
	rank: integer("rank").notNull(),
	startedAt: integer("started_at").notNull(),
	endedAt: integer("ended_at"),
	durationSeconds: integer("duration_seconds").notNull().default(0),
	endedReason: text("ended_reason"),
	endedBucket: text("ended_bucket"),
	costMicros: integer("cost_micros"),
	transcript: text("transcript").notNull().default(""),
	summary: text("summary").notNull().default(""),
	/** JSON of `Turn[]`. */
	turns: text("turns").notNull().default("[]"),
	transferredTo: text("transferred_to"),
	reportedAt: integer("reported_at"),
	recording: text("recording", { enum: ["none", "wanted", "kept", "gone"] })
		.notNull()
		.default("none"),
	r2Key: text("r2_key"),
	mediaType: text("media_type"),
	byteLength: integer("byte_length"),
	lookAfter: integer("look_after"),
	tries: integer("tries").notNull().default(0),
	legLookAfter: integer("leg_look_after"),
});

export const assistantEvents = sqliteTable("assistant_events", {
	eventKey: text("event_key").primaryKey(),
	accountId: text("account_id"),
	callRef: text("call_ref").notNull(),
	type: text("type").notNull(),
	receivedAt: integer("received_at").notNull(),
});
