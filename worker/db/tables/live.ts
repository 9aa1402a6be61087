import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const outbox = sqliteTable("outbox", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	type: text("type").notNull(),
	payload: text("payload", { mode: "json" }).notNull().default({}),
	createdAt: integer("created_at").notNull(),
	sentAt: integer("sent_at"),
	audience: text("audience"),
});
