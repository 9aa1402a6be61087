import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
