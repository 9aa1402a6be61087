import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What a segment asks of its contacts. */
export interface SegmentFilter {
	countries?: string[] | undefined;
	tags?: string[] | undefined;
	contactListIds?: string[] | undefined;
	timeZones?: string[] | undefined;
	hasConsent?: boolean | undefined;
	field?: { name: string; value: string } | undefined;
	addedSince?: string | undefined;
}

export const contacts = sqliteTable("contacts", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	e164: text("e164").notNull(),
	country: text("country").notNull().default(""),
	zones: text("zones").notNull().default(""),
	/** Why it costs more than a call should, as `costlyReason` says; "" when it does not. */
	barred: text("barred", { enum: ["", "premium", "no_country"] })
		.notNull()
		.default(""),
	consentedAt: integer("consented_at"),
	tags: text("tags", { mode: "json" }).$type<string[]>().notNull().default([]),
	firstName: text("first_name").notNull().default(""),
	lastName: text("last_name").notNull().default(""),
	email: text("email").notNull().default(""),
	notes: text("notes").notNull().default(""),
	timeZone: text("time_zone"),
	customFields: text("custom_fields", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const segments = sqliteTable("segments", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	filter: text("filter", { mode: "json" }).$type<SegmentFilter>().notNull(),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const contactLists = sqliteTable("contact_lists", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	description: text("description").notNull().default(""),
	contactCount: integer("contact_count").notNull().default(0),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const listMembers = sqliteTable(
	"list_members",
	{
		accountId: text("account_id").notNull(),
		listId: text("list_id").notNull(),
		contactId: text("contact_id").notNull(),
		importId: text("import_id"),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.listId, t.contactId] })],
);

export const imports = sqliteTable("imports", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	listId: text("list_id").notNull(),
	status: text("status", { enum: ["running", "done", "failed"] }).notNull(),
	fileHash: text("file_hash").notNull().default(""),
	rowsRead: integer("rows_read").notNull().default(0),
	rowsAdded: integer("rows_added").notNull().default(0),
	rowsKnown: integer("rows_known").notNull().default(0),
	rowsBad: integer("rows_bad").notNull().default(0),
	failure: text("failure"),
	columns: text("columns", { mode: "json" }).$type<string[]>().notNull().default([]),
	filename: text("filename").notNull().default(""),
	/** Per column what it was taken for; null a custom field. Empty for imports from before this was kept. */
	fields: text("fields", { mode: "json" }).$type<(string | null)[]>().notNull().default([]),
	/** How many rows are kept for mending, by reason. */
	reasons: text("reasons", { mode: "json" }).$type<Record<string, number>>().notNull().default({}),
	firstContactId: text("first_contact_id").notNull().default(""),
	undoneAt: integer("undone_at"),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
});

export const importChanges = sqliteTable(
	"import_changes",
	{
		accountId: text("account_id").notNull(),
		importId: text("import_id").notNull(),
		contactId: text("contact_id").notNull(),
		before: text("before").notNull(),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.importId, t.contactId] })],
);

export const importErrors = sqliteTable(
	"import_errors",
	{
		accountId: text("account_id").notNull(),
		importId: text("import_id").notNull(),
		line: integer("line").notNull(),
		reason: text("reason").notNull(),
		/** JSON: the cell that should have been a number, and all cells as they came. */
		value: text("value").notNull().default(""),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.importId, t.line] })],
);

export const consentEvents = sqliteTable("consent_events", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	e164: text("e164").notNull(),
	action: text("action", { enum: ["stop", "start"] }).notNull(),
	scope: text("scope", { enum: ["all", "calls", "messages"] })
		.notNull()
		.default("all"),
	source: text("source").notNull(),
	evidence: text("evidence").notNull().default(""),
	createdAt: integer("created_at").notNull(),
});

export const suppressions = sqliteTable(
	"suppressions",
	{
		accountId: text("account_id").notNull(),
		e164: text("e164").notNull(),
		scope: text("scope", { enum: ["all", "calls", "messages"] }).notNull(),
		source: text("source").notNull(),
		createdAt: integer("created_at").notNull(),
		personAt: integer("person_at"),
		ownerAt: integer("owner_at"),
	},
	(t) => [primaryKey({ columns: [t.accountId, t.e164, t.scope] })],
);

export const greetingFiles = sqliteTable("greeting_files", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	status: text("status", { enum: ["pending", "ready"] }).notNull(),
	filename: text("filename").notNull(),
	mediaType: text("media_type", { enum: ["audio/wav", "audio/mpeg", "audio/ogg"] }).notNull(),
	byteLength: integer("byte_length").notNull(),
	durationMs: integer("duration_ms").notNull().default(0),
	r2Key: text("r2_key").notNull(),
	createdAt: integer("created_at").notNull(),
});

export const transferNumbers = sqliteTable("transfer_numbers", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	name: text("name").notNull(),
	e164: text("e164").notNull(),
	description: text("description").notNull().default(""),
	callCount: integer("call_count").notNull().default(0),
	createdAt: integer("created_at").notNull(),
});

export const sweeps = sqliteTable("sweeps", {
	name: text("name").primaryKey(),
	afterKey: text("after_key").notNull(),
});
