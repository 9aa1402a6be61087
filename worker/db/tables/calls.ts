import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const calls = sqliteTable("calls", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	callRef: text("call_ref").notNull(),
	kind: text("kind", { enum: ["browser", "carrier"] }).notNull(),
	direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
	fromAddress: text("from_address").notNull(),
	toAddress: text("to_address").notNull(),
	peerIdentity: text("peer_identity").notNull().default(""),
	peerName: text("peer_name").notNull().default(""),
	status: text("status", {
		enum: ["completed", "missed", "no_answer", "declined", "cancelled", "busy", "unavailable", "failed"],
	}).notNull(),
	startedAt: integer("started_at").notNull(),
	answeredAt: integer("answered_at"),
	endedAt: integer("ended_at").notNull(),
	durationSeconds: integer("duration_seconds").notNull().default(0),
});
