import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed, put } from "../../lib/cache";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import type { Contact, Page } from "../../lib/wire";

/** Takes a contact off every page at once; deletes it unless that is undone in time. */
export function forgetContact(contact: Contact, shown: string): void {
	const back = put<Page<Contact>[]>(["contacts"], (pages) =>
		pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== contact.id) })),
	);
	tellUndoable(
		`${shown} is deleted.`,
		() => {
			said(api.contacts[":id"].$delete({ param: { id: contact.id }, query: {} }, OUTLIVES_PAGE))
				.catch(tellTrouble)
				.finally(() => changed("contacts", "lists"));
		},
		back,
	);
}
