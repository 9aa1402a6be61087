import { joinedObjects } from "../pure/json-text";
import { formatPhone } from "../pure/phone";
import type { Contact } from "./inputs";
import type { ContactRow, ListedContact } from "./store";

export function contactOnWire(row: ContactRow): Contact {
	return {
		id: row.id,
		userId: row.accountId,
		phoneNumber: row.e164,
		formatted: formatPhone(row.e164),
		country: row.country,
		timeZone: row.timeZone,
		zones: row.zones === "" ? [] : row.zones.split("|"),
		barred: row.barred || null,
		consentedAt: row.consentedAt === null ? null : new Date(row.consentedAt).toISOString(),
		firstName: row.firstName,
		lastName: row.lastName,
		email: row.email,
		notes: row.notes,
		customFields: row.customFields,
		tags: row.tags,
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}

/** The same as JSON. How a number is written only we know, all else the database has written down. Neither has what JSON must escape. */
export function listedText({ e164, fields }: ListedContact): string {
	return joinedObjects(`{"phoneNumber":"${e164}","formatted":"${formatPhone(e164)}"}`, fields);
}
