import * as z from "zod";
import { PageQuery } from "../http/pages";
import { zoneNamed } from "../pure/zones";

const text = (most: number) => z.string().trim().max(most);
const userId = z.string().max(64).optional();
const MOST_CUSTOM_FIELDS = 200;

const TimeZone = z
	.string()
	.max(64)
	.transform((zone, context) => {
		if (zone.trim() === "") return null;
		const named = zoneNamed(zone);
		if (named) return named;
		context.addIssue({ code: "custom", message: "not a time zone; say it like Europe/Berlin" });
		return z.NEVER;
	})
	.nullable();

const CustomFields = z
	.record(z.string().min(1).max(100), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]))
	.refine((fields) => Object.keys(fields).length <= MOST_CUSTOM_FIELDS, `at most ${MOST_CUSTOM_FIELDS} fields`);

const fields = {
	firstName: text(200),
	lastName: text(200),
	email: z.union([z.literal(""), z.email().max(254)]),
	notes: text(5_000),
	timeZone: TimeZone,
	customFields: CustomFields,
	tags: z
		.array(text(64).min(1))
		.max(50)
		.transform((tags) => [...new Set(tags)].sort()),
	/** When this person agreed to be called. */
	consentedAt: z.iso.datetime({ offset: true }).nullable(),
};

/** `country`: where a national number belongs; without it, the user's own. */
export const ContactInput = z.strictObject({
	userId,
	phoneNumber: z.string().min(1).max(40),
	country: z.string().max(60).optional(),
	...z.object(fields).partial().shape,
	contactListIds: z.array(z.string().max(64)).max(50).optional(),
});
export type ContactInput = z.output<typeof ContactInput>;

export const ContactChangeInput = ContactInput.omit({ contactListIds: true }).partial();
export type ContactChangeInput = z.output<typeof ContactChangeInput>;

/** "+4930" of what was typed as "(+49) 30" or "49 30"; "" of nothing. */
function digitsOf(typed: string): string {
	const digits = typed.replace(/[\s().-]/g, "");
	return digits === "" || digits.startsWith("+") ? digits : `+${digits}`;
}

const NUMBER = /^\+?[\d\s().-]*$/;

/** `search`: the beginning of a number ("+4930"), or of a first, last or whole name ("Mira Ok"). */
export const ContactsQuery = PageQuery.extend({
	userId,
	search: z
		.string()
		.max(60)
		.transform((typed) => (NUMBER.test(typed) ? digitsOf(typed) : typed.trim()))
		.optional(),
});

export const OwnerQuery = z.object({ userId });

export const Contact = z.object({
	id: z.string(),
	userId: z.string(),
	phoneNumber: z.string(),
	formatted: z.string(),
	country: z.string(),
	timeZone: z.string().nullable(),
	zones: z.array(z.string()),
	/** Why campaigns leave this number out: it costs more than a call should. */
	barred: z.enum(["premium", "no_country"]).nullable(),
	consentedAt: z.iso.datetime().nullable(),
	firstName: z.string(),
	lastName: z.string(),
	email: z.string(),
	notes: z.string(),
	customFields: z.record(z.string(), z.unknown()),
	tags: z.array(z.string()),
	createdAt: z.iso.datetime(),
	updatedAt: z.iso.datetime(),
});
export type Contact = z.output<typeof Contact>;

export const OneContact = Contact.extend({ suppressed: z.array(z.enum(["all", "calls", "messages"])) });

export const Done = z.object({ success: z.literal(true) });
