import * as z from "zod";
import { notFound } from "../errors";
import { decodeCursor, type JsonText, type Page, pageText } from "../http/pages";
import type { Scope } from "../scope";
import type { Contact, ContactsQuery, OneContact } from "./inputs";
import { contactOnWire, listedText } from "./shape";
import { contactsByName, contactsByNumber, findContact, pageContacts } from "./store";

const Key = z.tuple([z.string()]);

/**
 * The account's contacts, newest first; with a search, those whose number begins so, in the order of their numbers,
 * or, when it is a name, the first page of those whose name begins so.
 */
export async function listContacts(
	{ db, accountId }: Scope,
	{ limit, cursor, search }: z.output<typeof ContactsQuery>,
): Promise<JsonText<Page<Contact>>> {
	const [last] = decodeCursor(cursor, Key) ?? [];
	if (search && !search.startsWith("+"))
		return pageText(await contactsByName(db, accountId, search, limit), limit, ({ id }) => [id], listedText);
	if (search) {
		const found = await contactsByNumber(db, accountId, search, { limit, after: last });
		return pageText(found, limit, ({ e164 }) => [e164], listedText);
	}
	return pageText(await pageContacts(db, accountId, { limit, before: last }), limit, ({ id }) => [id], listedText);
}

export async function readContact({ db, accountId }: Scope, id: string): Promise<z.output<typeof OneContact>> {
	const found = await findContact(db, accountId, id);
	if (!found) throw notFound("Contact");
	return { ...contactOnWire(found), suppressed: found.suppressed };
}
