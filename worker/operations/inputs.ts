import * as z from "zod";

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "must be a time such as 08:00");

/** The hours within which a campaign may ring anybody, in the called person's own time. */
const LegalHours = z.strictObject({ start: clock, end: clock }).refine(({ start, end }) => start < end, {
	message: "must end after it starts",
});

/** What happens to a number whose rent is not paid. */
const Rent = z
	.strictObject({ graceDays: z.int().min(0).max(90), lastNoticeDays: z.int().min(0).max(90) })
	.refine(({ graceDays, lastNoticeDays }) => lastNoticeDays <= graceDays, "must tell within the days of grace");

/** Countries (ISO 3166-1 alpha-2) that no campaign calls. */
const BlockedCountries = z.array(z.string().regex(/^[A-Z]{2}$/, "must be a country code such as US")).max(250);

/** How far every account reaches: which countries it may text and call by hand, and how much it may send. */
export const Reach = z.strictObject({
	countries: z
		.array(z.string().regex(/^[A-Z]{2}$/, "must be a country code such as US"))
		.max(250)
		.transform((list) => [...new Set(list)].sort()),
	messagesPerMinute: z.int().min(0).max(1_000_000),
	messagesPerDay: z.int().min(0).max(1_000_000),
	messageSpendPerDayMicros: z.int().min(0).max(1_000_000_000_000),
});

export const InstallationSettings = z.strictObject({
	legalHours: LegalHours,
	rent: Rent,
	blockedCountries: BlockedCountries,
	reach: Reach,
});
export type InstallationSettings = z.output<typeof InstallationSettings>;
export const SettingsChange = InstallationSettings.partial();
export type SettingsChange = z.output<typeof SettingsChange>;

export const Invariants = z.object({
	ok: z.boolean(),
	checks: z.array(z.object({ name: z.string(), ok: z.boolean(), details: z.record(z.string(), z.unknown()) })),
});
