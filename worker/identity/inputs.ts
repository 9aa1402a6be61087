import * as z from "zod";
import { countryCode } from "../pure/phone";
import { isCommonPassword } from "./common-passwords";

/** An e-mail address as it is written to: compatibility forms folded, ASCII only, so that look-alikes are not two addresses. */
export const EmailAddress = z
	.string()
	.max(320)
	.transform((text) => text.normalize("NFKC").trim())
	.pipe(z.email("must be an e-mail address").max(254));

/** What two spellings of one address share. */
export function emailKey(email: string): string {
	return email.toLowerCase();
}

const utf8Length = (text: string) => new TextEncoder().encode(text).byteLength;

/** A password that somebody chooses: long enough, not among the most used; otherwise anything, kept as it is. */
export const NewPassword = z
	.string()
	.refine((text) => utf8Length(text) >= 8, "must be at least 8 characters")
	.refine((text) => text.length <= 1024 && utf8Length(text) <= 1024, "must be at most 1024 bytes")
	.refine((text) => !isCommonPassword(text), "is one of the most used passwords; choose another");

/** A password to be checked. */
export const GivenPassword = z.string().min(1).max(1024);

/** One line of text that a person wrote. */
export const line = (most: number) =>
	z
		.string()
		.trim()
		.max(most)
		.refine((text) => !/\p{Cc}/u.test(text), "must not contain control characters");

export const TimeZone = z.string().max(64).refine(isTimeZone, "must be an IANA time zone");

/** A country by its code or English name; comes out as ISO 3166-1 alpha-2. */
export const Country = z
	.string()
	.max(60)
	.transform((text, context) => {
		const code = countryCode(text);
		if (code) return code;
		context.addIssue({ code: "custom", message: "must be a country" });
		return z.NEVER;
	});

function isTimeZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
