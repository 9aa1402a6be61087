import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { CampaignScript, RetryRules } from "./campaign-script";

export const campaigns = sqliteTable("campaigns", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	title: text("title").notNull(),
	description: text("description").notNull().default(""),
	status: text("status", { enum: ["draft", "scheduled", "running", "paused", "completed", "cancelled"] })
		.notNull()
		.default("draft"),
	pausedReason: text("paused_reason"),
	greetingFileId: text("greeting_file_id"),
	transferNumberId: text("transfer_number_id"),
	contactListId: text("contact_list_id"),
	segmentId: text("segment_id"),
	callerNumbers: text("caller_numbers", { mode: "json" }).$type<string[]>().notNull().default([]),
	startsAt: integer("starts_at"),
	endsAt: integer("ends_at"),
	expiresAt: integer("expires_at"),
	holidays: text("holidays", { mode: "json" }).$type<string[]>().notNull().default([]),
	assumedZone: text("assumed_zone"),
	consentRequired: integer("consent_required", { mode: "boolean" }).notNull().default(false),
	consentConfirmedAt: integer("consent_confirmed_at"),
	consentConfirmedBy: text("consent_confirmed_by"),
	script: text("script", { mode: "json" }).$type<CampaignScript>().notNull().default({}),
	callerChoice: text("caller_choice", { enum: ["rotate", "local"] })
		.notNull()
		.default("rotate"),
	retryRules: text("retry_rules", { mode: "json" }).$type<RetryRules>().notNull().default({}),
	windowStartMinute: integer("window_start_minute").notNull().default(540),
	windowEndMinute: integer("window_end_minute").notNull().default(1200),
	windowDays: text("window_days").notNull().default("1234567"),
	outsideHours: text("outside_hours", { enum: ["wait", "skip"] })
		.notNull()
		.default("wait"),
	unknownZone: text("unknown_zone", { enum: ["skip", "dial"] })
		.notNull()
		.default("skip"),
	callsPerSecond: real("calls_per_second"),
	maxConcurrent: integer("max_concurrent"),
	maxAttempts: integer("max_attempts").notNull().default(1),
	retryDelaySeconds: integer("retry_delay_seconds").notNull().default(900),
	maxCallSeconds: integer("max_call_seconds").notNull().default(600),
	transferMinuteMicros: integer("transfer_minute_micros").notNull().default(0),
	preparedThrough: text("prepared_through").notNull().default(""),
	preparedAt: integer("prepared_at"),
	/** Nobody is to be called before then. */
	restingUntil: integer("resting_until"),
	startedAt: integer("started_at"),
	finishedAt: integer("finished_at"),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const recipients = sqliteTable(
	"recipients",
	{
		campaignId: text("campaign_id").notNull(),
		contactId: text("contact_id").notNull(),
		accountId: text("account_id").notNull(),
		e164: text("e164").notNull(),
		zones: text("zones").notNull(),
		holdMicros: integer("hold_micros").notNull(),
		minuteMicros: integer("minute_micros").notNull(),
		state: text("state", { enum: ["pending", "active", "done", "skipped"] }).notNull(),
		outcome: text("outcome"),
		dueAt: integer("due_at").notNull(),
		attemptsMade: integer("attempts_made").notNull().default(0),
		variant: text("variant", { enum: ["a", "b"] })
			.notNull()
			.default("a"),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.contactId] })],
);

export const campaignZones = sqliteTable(
	"campaign_zones",
	{
		campaignId: text("campaign_id").notNull(),
		zones: text("zones").notNull(),
		accountId: text("account_id").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.zones] })],
);

export const campaignHours = sqliteTable(
	"campaign_hours",
	{
		campaignId: text("campaign_id").notNull(),
		zones: text("zones").notNull(),
		hour: integer("hour").notNull(),
		accountId: text("account_id").notNull(),
		calls: integer("calls").notNull(),
		answered: integer("answered").notNull(),
		transferred: integer("transferred").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.zones, t.hour] })],
);

export const campaignVariants = sqliteTable(
	"campaign_variants",
	{
		campaignId: text("campaign_id").notNull(),
		variant: text("variant", { enum: ["a", "b"] }).notNull(),
		accountId: text("account_id").notNull(),
		calls: integer("calls").notNull(),
		answered: integer("answered").notNull(),
		transferred: integer("transferred").notNull(),
		optedOut: integer("opted_out").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.variant] })],
);

export const campaignRequests = sqliteTable("campaign_requests", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	campaignId: text("campaign_id").notNull(),
	attemptId: text("attempt_id").notNull(),
	contactId: text("contact_id").notNull(),
	e164: text("e164").notNull(),
	kind: text("kind", { enum: ["callback", "recording"] }).notNull(),
	recordingRef: text("recording_ref"),
	seconds: integer("seconds"),
	createdAt: integer("created_at").notNull(),
	doneAt: integer("done_at"),
});

export const campaignDoNotCall = sqliteTable(
	"campaign_do_not_call",
	{
		campaignId: text("campaign_id").notNull(),
		e164: text("e164").notNull(),
		accountId: text("account_id").notNull(),
		createdAt: integer("created_at").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.e164] })],
);

export const campaignCounters = sqliteTable("campaign_counters", {
	campaignId: text("campaign_id").primaryKey(),
	accountId: text("account_id").notNull(),
	recipients: integer("recipients").notNull().default(0),
	pending: integer("pending").notNull().default(0),
	active: integer("active").notNull().default(0),
	done: integer("done").notNull().default(0),
	skipped: integer("skipped").notNull().default(0),
	totalCalls: integer("total_calls").notNull().default(0),
	liveCalls: integer("live_calls").notNull().default(0),
	answeredCalls: integer("answered_calls").notNull().default(0),
	transferredCalls: integer("transferred_calls").notNull().default(0),
	optedOutCalls: integer("opted_out_calls").notNull().default(0),
	machineCalls: integer("machine_calls").notNull().default(0),
	busyCalls: integer("busy_calls").notNull().default(0),
	noAnswerCalls: integer("no_answer_calls").notNull().default(0),
	failedCalls: integer("failed_calls").notNull().default(0),
	unconfirmedCalls: integer("unconfirmed_calls").notNull().default(0),
	talkSeconds: integer("talk_seconds").notNull().default(0),
	spentMicros: integer("spent_micros").notNull().default(0),
	connectedCalls: integer("connected_calls").notNull().default(0),
	connectedSeconds: integer("connected_seconds").notNull().default(0),
});

export const campaignOutcomes = sqliteTable(
	"campaign_outcomes",
	{
		campaignId: text("campaign_id").notNull(),
		state: text("state").notNull(),
		outcome: text("outcome").notNull(),
		accountId: text("account_id").notNull(),
		people: integer("people").notNull(),
	},
	(t) => [primaryKey({ columns: [t.campaignId, t.state, t.outcome] })],
);

export const accountCalls = sqliteTable("account_calls", {
	accountId: text("account_id").primaryKey(),
	totalCalls: integer("total_calls").notNull(),
});

export const installation = sqliteTable("installation", {
	name: text("name").primaryKey(),
	value: text("value", { mode: "json" }).notNull(),
});

export const heartbeats = sqliteTable("heartbeats", {
	name: text("name").primaryKey(),
	at: integer("at").notNull(),
});
