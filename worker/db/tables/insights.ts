import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

const total = (name: string) => integer(name).notNull();

export const figures = sqliteTable(
	"figures",
	{
		accountId: text("account_id").notNull(),
		kind: text("kind", { enum: ["all", "number", "assistant", "campaign"] }).notNull(),
		subject: text("subject").notNull(),
		at: integer("at").notNull(),
		callsIn: total("calls_in"),
		callsOut: total("calls_out"),
		answered: total("answered"),
		seconds: total("seconds"),
		campaignCalls: total("campaign_calls"),
		assistantCalls: total("assistant_calls"),
		assistantSeconds: total("assistant_seconds"),
		messagesIn: total("messages_in"),
		messagesOut: total("messages_out"),
		spentMicros: total("spent_micros"),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.kind, t.subject, t.at] })],
);

export const figureSubjects = sqliteTable(
	"figure_subjects",
	{
		accountId: text("account_id").notNull(),
		kind: text("kind", { enum: ["all", "number", "assistant", "campaign"] }).notNull(),
		subject: text("subject").notNull(),
		lastAt: integer("last_at").notNull(),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.kind, t.subject] })],
);
