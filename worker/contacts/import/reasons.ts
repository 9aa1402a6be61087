/** Why a row of a file cannot be used, in the words that its owner reads. */
export const REASONS = {
	missing_number: "There is no phone number in this row",
	invalid_number: "This is not a valid phone number",
	needs_country: "This number has no country code, and no country was chosen",
	unknown_country: "The country of this national number is not known",
	scientific_notation: "A spreadsheet has shortened this number; format the column as text and export it again",
	has_extension: "This number has an extension, which cannot be dialed",
	broken_quotes: "A quotation mark in this row is never closed, or stands in the wrong place",
	row_too_long: "This row is too long for a contact",
} as const;

export type Reason = keyof typeof REASONS;

export const reasonText = (reason: string): string => (reason in REASONS ? REASONS[reason as Reason] : reason);
