import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const attempts = sqliteTable("attempts", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	campaignId: text("campaign_id").notNull(),
	contactId: text("contact_id").notNull(),
	n: integer("n").notNull(),
	e164: text("e164").notNull(),
	callerE164: text("caller_e164").notNull().default(""),
	state: text("state", { enum: ["claimed", "dialing", "unknown", "live", "ended", "dropped"] }).notNull(),
	callStatus: text("call_status"),
	callRank: integer("call_rank").notNull().default(0),
	disposition: text("disposition", {
		enum: [
			"answered",
			"transferred",
			"opted_out",
			"machine",
			"busy",
			"no_answer",
			"failed",
			"cancelled",
			"unconfirmed",
		],
	}),
	carrierRef: text("carrier_ref"),
	holdMicros: integer("hold_micros").notNull(),
	minuteMicros: integer("minute_micros").notNull(),
	transferMinuteMicros: integer("transfer_minute_micros").notNull().default(0),
	costMicros: integer("cost_micros"),
	lookAfter: integer("look_after").notNull(),
	claimedAt: integer("claimed_at").notNull(),
	dialedAt: integer("dialed_at"),
	answeredAt: integer("answered_at"),
	endedAt: integer("ended_at"),
	durationSeconds: integer("duration_seconds"),
	transferSeconds: integer("transfer_seconds"),
	/** When somebody took the call of whoever pressed 1. */
	connectedAt: integer("connected_at"),
	answeredBy: text("answered_by"),
	digits: text("digits"),
	transferredAt: integer("transferred_at"),
	optedOutAt: integer("opted_out_at"),
	errorCode: text("error_code"),
});

export const carrierLoad = sqliteTable("carrier_load", {
	id: integer("id").primaryKey(),
	liveCalls: integer("live_calls").notNull(),
});

export const carrierEvents = sqliteTable("carrier_events", {
	eventKey: text("event_key").primaryKey(),
	accountId: text("account_id"),
	attemptId: text("attempt_id"),
	kind: text("kind").notNull(),
	payload: text("payload", { mode: "json" }).notNull(),
	receivedAt: integer("received_at").notNull(),
});
