import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { CALL_STATUSES } from "../../pure/call-statuses";

export const calls = sqliteTable("calls", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	callRef: text("call_ref").notNull(),
	kind: text("kind", { enum: ["browser", "carrier", "campaign"] }).notNull(),
	direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
	fromAddress: text("from_address").notNull(),
	toAddress: text("to_address").notNull(),
	ownE164: text("own_e164").notNull().default(""),
	peerIdentity: text("peer_identity").notNull().default(""),
	peerName: text("peer_name").notNull().default(""),
	status: text("status", { enum: CALL_STATUSES }).notNull(),
	callRank: integer("call_rank").notNull().default(5),
	carrierRef: text("carrier_ref"),
	via: text("via", { enum: ["", "browser", "phone"] })
		.notNull()
		.default(""),
	placing: text("placing", { enum: ["asking", "unknown"] }),
	startedAt: integer("started_at").notNull(),
	answeredAt: integer("answered_at"),
	endedAt: integer("ended_at"),
	durationSeconds: integer("duration_seconds").notNull().default(0),
	answeredBy: text("answered_by"),
	answeredUserId: text("answered_user_id"),
	talkingUserId: text("talking_user_id"),
	legRef: text("leg_ref"),
	legUserId: text("leg_user_id"),
	campaignId: text("campaign_id"),
	assistantId: text("assistant_id"),
	transferNumberId: text("transfer_number_id"),
	transcript: text("transcript"),
	costMicros: integer("cost_micros"),
	usageRef: text("usage_ref"),
	errorCode: text("error_code"),
	route: text("route", { mode: "json" }),
	lookAfter: integer("look_after"),
});

export const callEvents = sqliteTable("call_events", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	callId: text("call_id").notNull(),
	kind: text("kind").notNull(),
	detail: text("detail", { mode: "json" }).notNull().default({}),
	eventKey: text("event_key"),
	createdAt: integer("created_at").notNull(),
});

export const consults = sqliteTable("consults", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	callId: text("call_id").notNull(),
	userId: text("user_id").notNull(),
	kind: text("kind", { enum: ["number", "transfer_number", "member"] }).notNull(),
	target: text("target").notNull(),
	label: text("label").notNull(),
	address: text("address").notNull(),
	agentRef: text("agent_ref").notNull(),
	customerRef: text("customer_ref").notNull(),
	targetRef: text("target_ref"),
	state: text("state", { enum: ["ringing", "talking", "failed", "completed", "taken_back", "dropped"] }).notNull(),
	reason: text("reason").notNull().default(""),
	askedAt: integer("asked_at").notNull(),
	movedAt: integer("moved_at"),
	talkedAt: integer("talked_at"),
	joinedAt: integer("joined_at"),
	endedAt: integer("ended_at"),
	usageRef: text("usage_ref"),
	lookAfter: integer("look_after"),
});

export const recordings = sqliteTable("recordings", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	callId: text("call_id").notNull(),
	userId: text("user_id").notNull(),
	kind: text("kind", { enum: ["call", "voicemail"] }).notNull(),
	carrierRef: text("carrier_ref").notNull(),
	status: text("status", { enum: ["fetching", "ready", "failed", "deleted"] }).notNull(),
	r2Key: text("r2_key").notNull(),
	mediaType: text("media_type").notNull().default("audio/wav"),
	byteLength: integer("byte_length").notNull().default(0),
	durationSeconds: integer("duration_seconds").notNull().default(0),
	transcript: text("transcript"),
	heardAt: integer("heard_at"),
	createdAt: integer("created_at").notNull(),
	nextTry: integer("next_try"),
	tries: integer("tries").notNull().default(0),
	source: text("source", { enum: ["carrier", "assistant"] })
		.notNull()
		.default("carrier"),
});

export const voiceSettings = sqliteTable("voice_settings", {
	accountId: text("account_id").primaryKey(),
	recordCalls: integer("record_calls", { mode: "boolean" }).notNull().default(false),
	announcement: text("announcement").notNull().default("This call is recorded."),
	transcribe: integer("transcribe", { mode: "boolean" }).notNull().default(false),
	retentionDays: integer("retention_days"),
});
