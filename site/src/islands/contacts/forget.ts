import type { InfiniteData } from "@tanstack/preact-query";
import { api, OUTLIVES_PAGE, said } from "../../lib/api";
import { changed } from "../../lib/changes";
import { cache } from "../../lib/queries";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import type { Contact, Page } from "../../lib/wire";

type Pages = InfiniteData<Page<Contact>>;

/** Takes a contact off every page at once; deletes it unless that is undone in time. */
export function forgetContact(contact: Contact, shown: string): void {
	const before = cache.getQueriesData<Pages>({ queryKey: ["contacts"] });
	cache.setQueriesData<Pages>({ queryKey: ["contacts"] }, (data) => {
		if (!data?.pages) return data;
		const pages = data.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== contact.id) }));
		return { ...data, pages };
	});
	tellUndoable(
		`${shown} is deleted.`,
		() => {
			said(api.contacts[":id"].$delete({ param: { id: contact.id }, query: {} }, OUTLIVES_PAGE))
				.catch(tellTrouble)
				.finally(() => changed("contacts", "lists"));
		},
		() => {
			for (const [key, data] of before) cache.setQueryData(key, data);
		},
	);
}
