import { type Phone, parsePhone } from "../../pure/phone";
import { quickNumber } from "./quick-number";
import type { Reason } from "./reasons";

/** The number in a cell of a spreadsheet, or why there is none. National numbers are read in `country`. */
export function readNumber(cell: string, country?: string): Pick<Phone, "e164" | "country" | "type"> | Reason {
	const quick = quickNumber(cell);
	if (quick !== undefined) return quick ?? "invalid_number";
	const text = unwrapped(cell);
	if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) return "scientific_notation";
	if (!/\d/.test(text)) return "invalid_number";
	if (EXTENSION.test(text)) return "has_extension";
	const international = /^\+|^00[1-9]/.test(text);
	const number = parsePhone(text.replace(/^00(?=[1-9])/, "+"), country) ?? parsePhone(text, country);
	if (number) return number;
	return international || country || !NATIONAL.test(text) ? "invalid_number" : "needs_country";
}

const EXTENSION = /(\d)\s*(?:ext?\.?|x|#|;ext=)\s*\d+$/i;

/** The number before an extension. */
export const withoutExtension = (cell: string): string => unwrapped(cell).replace(EXTENSION, "$1");

/** What may be a number once its country is known. */
const NATIONAL = /^[\d\s().\-/]{6,24}$/;

/** Without what spreadsheets put around a number to keep it text: ="…", an apostrophe, ".0" behind. */
function unwrapped(cell: string): string {
	const text = cell
		.replace(/^=?"(.*)"$/, "$1")
		.replace(/^(?:'|tel:)/i, "")
		.trim();
	return /^\+?\d{7,15}\.0$/.test(text) ? text.slice(0, -2) : text;
}
