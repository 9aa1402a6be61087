/** What the places of a text are called: {{firstName}}, and {{custom.plan}} for a field of one's own. */
const PLACE = /\{\{\s*([A-Za-z]\w{0,40}(?:\.[^{}]{1,100}?)?)\s*\}\}/g;

/** A text with its places filled in; what is not known is left out, with the space before it. */
export function fillIn(text: string, fields: Record<string, string>): string {
	return text.replace(new RegExp(`( ?)${PLACE.source}`, "g"), (_, space: string, name: string) => {
		const value = Object.hasOwn(fields, name) ? fields[name]?.trim() : "";
		return value ? space + value : "";
	});
}
