import { money } from "../../lib/words";

// What is written in the audit log, in the words of whoever reads it. What is not here is shown as it is written.
const WORDS: Record<string, string> = {
	"account.closed": "Closed the account",
	"account.exported": "Took a copy of the account's data",
	"google.linked": "Linked a Google sign-in",
	"key.made": "Made an API key",
	"key.revoked": "Revoked an API key",
	"member.added": "Added a sub-account",
	"member.changed": "Changed a sub-account",
	"member.removed": "Removed a sub-account",
	"member.resumed": "Let a sub-account in again",
	"member.suspended": "Suspended a sub-account",
	"password.changed": "Changed the password",
	"password.chosen": "Accepted an invitation",
	"password.reset": "Set a new password by mail",
	"personal_number.removed": "Removed the personal number",
	"personal_number.saved": "Saved a personal number",
	"second_factor.codes_renewed": "Made new recovery codes",
	"second_factor.off": "Turned the second factor off",
	"second_factor.on": "Turned the second factor on",
	"session.revoked": "Signed devices out",
	"session.stolen": "A used sign-in came back; the device was signed out",
	"webhook.changed": "Changed a webhook",
	"webhook.deleted": "Deleted a webhook",
	"webhook.made": "Made a webhook",
	"webhook.secret_changed": "Changed a webhook's secret",
};

/** "key.made" -> "Made an API key". */
export function deedWord(action: string): string {
	const plain = action.replaceAll(/[._]/g, " ");
	return WORDS[action] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

// Details whose names are not words; an empty text is left out.
const DETAILS: Record<string, (value: unknown) => string> = {
	invited: (value) => (value ? "by invitation" : "with a temporary password"),
	password: (value) => (value ? "new temporary password" : ""),
	spendingLimitMicros: (value) => (typeof value === "number" ? `at most ${money(value)} a month` : "no spending limit"),
	name: (value) => `“${value}”`,
	scopes: (value) => (Array.isArray(value) ? value.join(", ") : ""),
};

/** What is told beside it, in a line. */
export function detailWord(detail: unknown): string {
	if (typeof detail !== "object" || detail === null) return "";
	return Object.entries(detail)
		.map(
			([name, value]) =>
				DETAILS[name]?.(value) ?? `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
		)
		.filter(Boolean)
		.join(" · ");
}
