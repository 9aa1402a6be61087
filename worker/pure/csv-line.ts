/**
 * One line of a CSV file (RFC 4180, without the line's end). A text that a spreadsheet would run as a formula gets an apostrophe in
 * front (OWASP ASVS 1.2.10); a plain E.164 number is none and stays readable.
 */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
	return values.map(cell).join(",");
}

function cell(value: string | number | boolean | null): string {
	if (value === null) return "";
	if (typeof value !== "string") return String(value);
	const risky = /^[=+\-@\t\r\0]/.test(value) && !/^\+\d{1,15}$/.test(value);
	const text = risky ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
