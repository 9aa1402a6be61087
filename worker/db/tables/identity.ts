import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const accounts = sqliteTable("accounts", {
	id: text("id").primaryKey(),
	status: text("status", { enum: ["active", "frozen", "closed"] })
		.notNull()
		.default("active"),
	createdAt: integer("created_at").notNull(),
});

export const users = sqliteTable("users", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	role: text("role", { enum: ["owner", "member"] }).notNull(),
	status: text("status", { enum: ["active", "suspended", "removed"] })
		.notNull()
		.default("active"),
	email: text("email").notNull(),
	emailKey: text("email_key").notNull(),
	emailVerifiedAt: integer("email_verified_at"),
	passwordHash: text("password_hash"),
	isAdmin: integer("is_admin", { mode: "boolean" }).notNull().default(false),
	fullName: text("full_name"),
	companyName: text("company_name"),
	avatarUrl: text("avatar_url"),
	timeZone: text("time_zone"),
	country: text("country"),
	theme: text("theme", { enum: ["system", "day", "night"] })
		.notNull()
		.default("system"),
	notifications: text("notifications", { mode: "json" }).notNull().default({}),
	care4wId: text("care4w_id").notNull(),
	personalE164: text("personal_e164"),
	personalNational: text("personal_national"),
	phonePromptDismissedAt: integer("phone_prompt_dismissed_at"),
	isAffiliate: integer("is_affiliate", { mode: "boolean" }).notNull().default(false),
	referralCode: text("referral_code"),
	referredBy: text("referred_by"),
	createdAt: integer("created_at").notNull(),
	updatedAt: integer("updated_at").notNull(),
	spendingLimitMicros: integer("spending_limit_micros"),
	passwordIsTemporary: integer("password_is_temporary", { mode: "boolean" }).notNull().default(false),
	isDiscoverable: integer("is_discoverable", { mode: "boolean" }).notNull().default(true),
});

export const sessions = sqliteTable("sessions", {
	id: text("id").primaryKey(),
	userId: text("user_id").notNull(),
	createdAt: integer("created_at").notNull(),
	lastUsedAt: integer("last_used_at").notNull(),
	idleExpiresAt: integer("idle_expires_at").notNull(),
	expiresAt: integer("expires_at").notNull(),
	revokedAt: integer("revoked_at"),
	revokedReason: text("revoked_reason"),
	userAgent: text("user_agent").notNull().default(""),
	ip: text("ip").notNull().default(""),
});

export const refreshTokens = sqliteTable("refresh_tokens", {
	tokenHash: text("token_hash").primaryKey(),
	sessionId: text("session_id").notNull(),
	createdAt: integer("created_at").notNull(),
	usedAt: integer("used_at"),
});

export const memberSpending = sqliteTable("member_spending", {
	ref: text("ref").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	amountMicros: integer("amount_micros").notNull().default(0),
	createdAt: integer("created_at").notNull(),
});

export const apiKeys = sqliteTable("api_keys", {
	id: text("id").primaryKey(),
	accountId: text("account_id").notNull(),
	userId: text("user_id").notNull(),
	name: text("name").notNull(),
	keyHash: text("key_hash").notNull(),
	hint: text("hint").notNull(),
	scopes: text("scopes", { mode: "json" }).notNull(),
	createdAt: integer("created_at").notNull(),
	expiresAt: integer("expires_at"),
	lastUsedAt: integer("last_used_at"),
	revokedAt: integer("revoked_at"),
});

export const mailedTokens = sqliteTable("mailed_tokens", {
	tokenHash: text("token_hash").primaryKey(),
	userId: text("user_id").notNull(),
	purpose: text("purpose", { enum: ["reset", "verify", "invite"] }).notNull(),
	emailKey: text("email_key").notNull(),
	createdAt: integer("created_at").notNull(),
	expiresAt: integer("expires_at").notNull(),
	usedAt: integer("used_at"),
});

export const mailOutbox = sqliteTable("mail_outbox", {
	id: text("id").primaryKey(),
	recipient: text("recipient").notNull(),
	subject: text("subject").notNull(),
	body: text("body").notNull(),
	createdAt: integer("created_at").notNull(),
});

export const linkedIdentities = sqliteTable(
	"linked_identities",
	{
		issuer: text("issuer").notNull(),
		subject: text("subject").notNull(),
		userId: text("user_id").notNull(),
		linkedAt: integer("linked_at").notNull(),
	},
	(t) => [primaryKey({ columns: [t.issuer, t.subject] })],
);

export const secondFactors = sqliteTable("second_factors", {
	userId: text("user_id").primaryKey(),
	sealedSecret: text("sealed_secret").notNull(),
	confirmedAt: integer("confirmed_at"),
	lastStep: integer("last_step").notNull().default(0),
	createdAt: integer("created_at").notNull(),
});

export const recoveryCodes = sqliteTable(
	"recovery_codes",
	{
		userId: text("user_id").notNull(),
		codeHash: text("code_hash").notNull(),
		usedAt: integer("used_at"),
	},
	(t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
);

export const auditLog = sqliteTable("audit_log", {
	seq: integer("seq").primaryKey({ autoIncrement: true }),
	accountId: text("account_id").notNull(),
	actorId: text("actor_id").notNull(),
	action: text("action").notNull(),
	object: text("object").notNull().default(""),
	detail: text("detail", { mode: "json" }).notNull().default({}),
	ip: text("ip").notNull().default(""),
	userAgent: text("user_agent").notNull().default(""),
	createdAt: integer("created_at").notNull(),
});

export const auditSeals = sqliteTable("audit_seals", {
	seq: integer("seq").primaryKey(),
	accountId: text("account_id").notNull(),
	previousSeq: integer("previous_seq").notNull(),
	seal: text("seal").notNull(),
});

export const auditUnsealed = sqliteTable("audit_unsealed", {
	seq: integer("seq").primaryKey(),
	accountId: text("account_id").notNull(),
});

export const closures = sqliteTable("closures", {
	accountId: text("account_id").primaryKey(),
	askedAt: integer("asked_at").notNull(),
	doneSteps: text("done_steps", { mode: "json" }).notNull().default([]),
	lastError: text("last_error"),
	finishedAt: integer("finished_at"),
});
