import * as z from "zod";
import { Country, line, TimeZone } from "../inputs";

const emptyIsNone = (text: string | null) => text || null;
const optionalLine = (most: number) => line(most).nullable().transform(emptyIsNone).optional();

export const ProfileChanges = z.strictObject({
	userId: z.string().optional(),
	fullName: optionalLine(100),
	companyName: optionalLine(100),
	/** Shown by browsers, never fetched by the server. */
	avatarUrl: z
		.url({ protocol: /^https$/, message: "must be an https address" })
		.max(2048)
		.nullable()
		.optional(),
	timeZone: TimeZone.nullable().optional(),
});
export type ProfileChanges = z.output<typeof ProfileChanges>;

const Settings = z.strictObject({
	userId: z.string().optional(),
	phonePromptDismissedAt: z.iso
		.datetime({ offset: true })
		.transform((text) => Date.parse(text))
		.nullable()
		.optional(),
	theme: z
		.enum(["system", "day", "night", "light", "dark"])
		.transform((theme) => (theme === "light" ? "day" : theme === "dark" ? "night" : theme))
		.optional(),
	timeZone: TimeZone.nullable().optional(),
	country: Country.nullable().optional(),
	/** Whether others who know the personal number can find and call this user. */
	discoverable: z.boolean().optional(),
	/** Which news somebody wants; a name that is left out keeps its value. */
	notifications: z
		.record(z.string().max(40), z.boolean())
		.refine((names) => Object.keys(names).length <= 40, "at most 40")
		.optional(),
});

const Wrapped = z.strictObject({ settings: z.record(z.string(), z.unknown()) });

/** Takes the settings themselves, or wrapped as GET answers them. */
export const SettingsChanges = z.preprocess((input) => Wrapped.safeParse(input).data?.settings ?? input, Settings);
export type SettingsChanges = z.output<typeof SettingsChanges>;

export const ProfileShape = z.object({
	id: z.string(),
	userId: z.string(),
	accountId: z.string(),
	role: z.enum(["owner", "member"]),
	email: z.string(),
	emailVerified: z.boolean(),
	fullName: z.string().nullable(),
	avatarUrl: z.string().nullable(),
	companyName: z.string().nullable(),
	timeZone: z.string().nullable(),
	care4wId: z.string(),
	isAdmin: z.boolean(),
	isAffiliate: z.boolean(),
	referralCode: z.string().nullable(),
	referralLink: z.string().nullable(),
	referredSignUps: z.number(),
	passwordIsTemporary: z.boolean(),
	createdAt: z.string(),
	updatedAt: z.string(),
});

export const SettingsShape = z.object({
	settings: z.object({
		personalPhoneNumber: z.string().nullable(),
		phonePromptDismissedAt: z.string().nullable(),
		care4wId: z.string(),
		theme: z.enum(["system", "day", "night"]),
		timeZone: z.string().nullable(),
		country: z.string().nullable(),
		discoverable: z.boolean(),
		notifications: z.record(z.string(), z.boolean()),
	}),
});
