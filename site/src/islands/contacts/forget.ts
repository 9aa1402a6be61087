import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed, put } from "../../lib/cache";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import type { Contact, Page } from "../../lib/wire";

/** Deletes a contact, unless that is undone in time. */
export function forgetContact(contact: Contact, shown: string): void {
	takeFrom(["contacts"], contact, `${shown} is deleted.`, () =>
		said(api.contacts[":id"].$delete({ param: { id: contact.id }, query: {} }, OUTLIVES_PAGE)),
	);
}

/** Takes a contact off a list, unless that is undone in time. */
export function takeOffList(contact: Contact, listId: string, shown: string): void {
	const param = { id: listId, contactId: contact.id };
	takeFrom(["contacts", listId], contact, `${shown} is off this list.`, () =>
		said(api["contact-lists"][":id"].contacts[":contactId"].$delete({ param, query: {} }, OUTLIVES_PAGE)),
	);
}

/** Takes somebody off the pages at once, and does what it takes when nobody undid it. */
function takeFrom(key: string[], { id: gone }: Contact, text: string, act: () => Promise<unknown>): void {
	const back = put<Page<Contact>[]>(key, (pages) =>
		pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== gone) })),
	);
	tellUndoable(
		text,
		() =>
			void act()
				.catch(tellTrouble)
				.finally(() => changed("contacts", "lists")),
		back,
	);
}
