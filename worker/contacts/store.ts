import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { fixed } from "../db/fixed";
import { isoTime, jsonObject } from "../db/json";
import { contacts, users } from "../db/tables";
import { parsePhone } from "../pure/phone";

export type ContactRow = typeof contacts.$inferSelect;
export interface Who {
	readonly db: Db;
	readonly accountId: string;
	readonly userId: string;
}
export type NewContact = typeof contacts.$inferInsert;
export type ContactChange = Partial<Omit<NewContact, "id" | "accountId" | "createdAt">>;

/** The scopes in which the person has said stop. */
const suppressed = sql`(SELECT json_group_array(s.scope) FROM suppressions s
	WHERE s.account_id = contacts.account_id AND s.e164 = contacts.e164)`.mapWith(
	(json: string): ("all" | "calls" | "messages")[] => JSON.parse(json),
);

/** Where the user's national numbers belong: as said in the settings, or else as the personal number does; undefined when neither tells. */
export async function countryOfUser({ db, accountId, userId }: Who): Promise<string | undefined> {
	const [user] = await db
		.select({ country: users.country, personalE164: users.personalE164 })
		.from(users)
		.where(and(eq(users.accountId, accountId), eq(users.id, userId)));
	return user?.country ?? (parsePhone(user?.personalE164 ?? "")?.country || undefined);
}

/** A contact for a list: all that the API says of it but its number, as JSON. */
export interface ListedContact {
	id: string;
	e164: string;
	fields: string;
}

const listed = sql`SELECT ${contacts.id} AS id, ${contacts.e164} AS e164, ${jsonObject({
	id: contacts.id,
	userId: contacts.accountId,
	country: contacts.country,
	timeZone: contacts.timeZone,
	zones: sql`json(iif(${contacts.zones} = '', '[]', '["' || replace(${contacts.zones}, '|', '","') || '"]'))`,
	barred: sql`nullif(${contacts.barred}, '')`,
	consentedAt: isoTime(contacts.consentedAt),
	firstName: contacts.firstName,
	lastName: contacts.lastName,
	email: contacts.email,
	notes: contacts.notes,
	customFields: sql`json(${contacts.customFields})`,
	tags: sql`json(${contacts.tags})`,
	createdAt: isoTime(contacts.createdAt),
	updatedAt: isoTime(contacts.updatedAt),
})} AS fields FROM ${contacts}`;

const LAST = "\u{10FFFF}";

const newest = fixed<{ accountId: string; before: string; most: number }>()((db, its) =>
	db.all<ListedContact>(
		sql`${listed} WHERE account_id = ${its.accountId} AND id < ${its.before} ORDER BY id DESC LIMIT ${its.most}`,
	),
);

/** Newest first; one row more than the page holds. */
export function pageContacts(db: Db, accountId: string, page: { limit: number; before?: string | undefined }) {
	return newest(db, { accountId, before: page.before ?? LAST, most: page.limit + 1 });
}

const byNumber = fixed<{ accountId: string; from: string; to: string; most: number }>()((db, its) =>
	db.all<ListedContact>(
		sql`${listed} WHERE account_id = ${its.accountId} AND e164 >= ${its.from} AND e164 < ${its.to} ORDER BY e164 LIMIT ${its.most}`,
	),
);

/** Contacts whose number begins with `digits` ("+4930"), in the order of their numbers. */
export function contactsByNumber(
	db: Db,
	accountId: string,
	digits: string,
	page: { limit: number; after?: string | undefined },
) {
	const from = page.after === undefined ? digits : `${page.after} `; // nothing is between them
	return byNumber(db, { accountId, from, to: `${digits}:`, most: page.limit + 1 }); // ":" comes right after "9"
}

/** At most `limit` contacts whose first, last or whole name begins with `typed`, by their names. */
export function contactsByName(db: Db, accountId: string, typed: string, limit: number) {
	const [word = typed] = typed.split(" ");
	return db.all<ListedContact>(sql`${listed}
		WHERE ${contacts.id} IN (
			SELECT id FROM (SELECT id FROM contacts WHERE account_id = ${accountId} AND first_name <> ''
				AND first_name >= ${word} COLLATE NOCASE AND first_name < ${word + LAST} COLLATE NOCASE
				AND substr(first_name || ' ' || last_name, 1, length(${typed})) = ${typed} COLLATE NOCASE LIMIT ${limit}) AS wanted
			UNION
			SELECT id FROM (SELECT id FROM contacts WHERE account_id = ${accountId} AND last_name <> ''
				AND last_name >= ${typed} COLLATE NOCASE AND last_name < ${typed + LAST} COLLATE NOCASE LIMIT ${limit}) AS wanted)
		ORDER BY ${contacts.firstName} COLLATE NOCASE, ${contacts.lastName} COLLATE NOCASE, ${contacts.id} LIMIT ${limit}`);
}

/** One contact, and whether its person may be called or texted. */
export async function findContact(db: Db, accountId: string, id: string) {
	const [contact] = await db
		.select({ ...getTableColumns(contacts), suppressed })
		.from(contacts)
		.where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)));
	return contact;
}

/** Breaks the rule "contacts.account_id, contacts.e164" when the account knows the number already. */
export function addingContact(db: Db, contact: NewContact): Statement {
	return db.insert(contacts).values(contact);
}

export function changingContact(db: Db, accountId: string, id: string, change: ContactChange) {
	return db
		.update(contacts)
		.set(change)
		.where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)))
		.returning();
}

/** Changes the tags of contacts, or of everybody on a list; a contact's tags are each once, and sorted. */
export function taggingContacts(
	db: Db,
	accountId: string,
	which: {
		contactIds?: string[] | undefined;
		contactListId?: string | undefined;
		add: string[];
		remove: string[];
	},
	now: number,
) {
	const who = which.contactIds
		? sql`(SELECT value FROM json_each(${JSON.stringify(which.contactIds)}))`
		: sql`(SELECT contact_id FROM list_members WHERE account_id = ${accountId} AND list_id = ${which.contactListId ?? ""})`;
	return db.all<{ id: string }>(sql`UPDATE contacts SET updated_at = ${now},
			tags = (SELECT json_group_array(value) FROM (
				SELECT value FROM json_each(contacts.tags) WHERE value NOT IN (SELECT value FROM json_each(${JSON.stringify(which.remove)}))
				UNION SELECT value FROM json_each(${JSON.stringify(which.add)}) ORDER BY 1))
		WHERE account_id = ${accountId} AND id IN ${who} RETURNING id`);
}

export async function removeContact(db: Db, accountId: string, id: string): Promise<boolean> {
	const gone = await db
		.delete(contacts)
		.where(and(eq(contacts.accountId, accountId), eq(contacts.id, id)))
		.returning({ id: contacts.id });
	return gone.length > 0;
}

/** How the rows of {@link importingContacts} are laid out. */
export type ImportedContact = readonly [
	id: string,
	e164: string,
	country: string,
	zones: string,
	firstName: string,
	lastName: string,
	email: string,
	notes: string,
	timeZone: string,
	customFields: Record<string, string> | 0,
	barred: string,
	consentedAt: number | null,
	tags: string[] | 0,
];

/** The tags of a known contact with those of the file; each once, and sorted. */
const allTags = sql`iif(excluded.tags = '[]', tags, (SELECT json_group_array(value) FROM (
	SELECT value FROM json_each(contacts.tags) UNION SELECT value FROM json_each(excluded.tags) ORDER BY 1) AS wanted))`;

/**
 * Adds many contacts at once from a JSON array of {@link ImportedContact}. Numbers that are known already take what the file says
 * and keep what it does not mention. What is the same is not written.
 */
export function importingContacts(db: Db, accountId: string, json: string, now: number): Statement {
	return db.run(sql`INSERT INTO contacts
		(id, account_id, e164, country, zones, first_name, last_name, email, notes, time_zone, custom_fields, barred, consented_at, tags, created_at, updated_at)
		SELECT value ->> 0, ${accountId}, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
			nullif(value ->> 8, ''), iif(value ->> 9 = 0, '{}', value ->> 9), value ->> 10, value ->> 11,
			iif(value ->> 12 = 0, '[]', value ->> 12), ${now}, ${now}
		FROM json_each(${json}) WHERE true
		ON CONFLICT (account_id, e164) DO UPDATE SET
			first_name = iif(excluded.first_name = '', first_name, excluded.first_name),
			last_name = iif(excluded.last_name = '', last_name, excluded.last_name),
			email = iif(excluded.email = '', email, excluded.email),
			notes = iif(excluded.notes = '', notes, excluded.notes),
			time_zone = coalesce(excluded.time_zone, time_zone),
			custom_fields = json_patch(custom_fields, excluded.custom_fields),
			barred = excluded.barred,
			consented_at = coalesce(excluded.consented_at, consented_at),
			tags = ${allTags},
			updated_at = excluded.updated_at
		WHERE excluded.first_name NOT IN ('', first_name) OR excluded.last_name NOT IN ('', last_name)
			OR excluded.email NOT IN ('', email) OR excluded.notes NOT IN ('', notes)
			OR coalesce(excluded.time_zone, time_zone) IS NOT time_zone
			OR excluded.barred <> barred OR coalesce(excluded.consented_at, consented_at) IS NOT consented_at
			OR (excluded.tags <> '[]' AND ${allTags} <> tags)
			OR (excluded.custom_fields <> '{}' AND json_patch(custom_fields, excluded.custom_fields) <> custom_fields)`);
}

/** Gives contacts that an import has changed, and nobody since, what they had before. */
export function restoring(db: Db, accountId: string, importId: string): Statement {
	return db.run(sql`UPDATE contacts SET first_name = b.before ->> 0, last_name = b.before ->> 1, email = b.before ->> 2, notes = b.before ->> 3,
			time_zone = b.before ->> 4, custom_fields = b.before -> 5, consented_at = b.before ->> 6, updated_at = b.before ->> 7,
			tags = coalesce(b.before -> 8, tags)
		FROM import_changes b JOIN imports i ON i.account_id = b.account_id AND i.id = b.import_id
		WHERE b.account_id = ${accountId} AND b.import_id = ${importId} AND contacts.id = b.contact_id
			AND contacts.account_id = ${accountId} AND contacts.updated_at BETWEEN i.created_at AND i.updated_at`);
}

/** Forgets contacts that an import has added, that nobody has changed since and that are on no list (any more). */
export function removingAdded(db: Db, accountId: string, importId: string): Statement {
	return db.run(sql`DELETE FROM contacts WHERE account_id = ${accountId}
		AND id >= (SELECT first_contact_id FROM imports WHERE account_id = ${accountId} AND id = ${importId} AND first_contact_id <> '')
		AND id < (SELECT first_contact_id || '~' FROM imports WHERE account_id = ${accountId} AND id = ${importId})
		AND updated_at <= (SELECT updated_at FROM imports WHERE account_id = ${accountId} AND id = ${importId})
		AND NOT EXISTS (SELECT 1 FROM list_members m WHERE m.account_id = contacts.account_id AND m.contact_id = contacts.id)`);
}
