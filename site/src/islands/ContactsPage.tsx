import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { later } from "../kit/later";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { listsQuery } from "../lib/reads";
import { tellTrouble } from "../lib/toasts";
import { useRead } from "../lib/use-read";
import type { Contact, ContactList } from "../lib/wire";
import { ContactTable } from "./contacts/ContactTable";
import { ListRail } from "./contacts/ListRail";

const ListDialog = later(() => import("./contacts/ListDialog").then((part) => part.ListDialog));
const ListHead = later(() => import("./contacts/ListHead").then((part) => part.ListHead));
const ContactDialog = later(() => import("./contacts/ContactDialog").then((part) => part.ContactDialog));

/** People and the lists they are on. The chosen list stands in the address. */
export function ContactsPage() {
	const lists = useRead(listsQuery);
	const listId = useSignal(new URLSearchParams(location.search).get("list"));
	const editing = useSignal<Contact | "new" | null>(null);
	const naming = useSignal<ContactList | "new" | null>(null);
	const list = lists.data?.find(({ id }) => id === listId.value);

	// The button stands in the page's head, outside this island, and can be pressed once the island is there.
	useEffect(() => {
		const button = document.querySelector<HTMLButtonElement>("#add-contact");
		if (!button) return;
		button.disabled = false;
		button.onclick = () => {
			editing.value = "new";
		};
	}, []);

	// An address that names a person opens that person, wherever in the list they stand.
	useEffect(() => {
		const id = new URLSearchParams(location.search).get("id");
		if (!id) return;
		said(api.contacts[":id"].$get({ param: { id }, query: {} }))
			.then((contact) => {
				editing.value = contact;
			})
			.catch(tellTrouble);
	}, []);

	function choose(id: string | null) {
		listId.value = id;
		history.replaceState(history.state, "", id ? `?list=${encodeURIComponent(id)}` : location.pathname);
	}

	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 max-lg:gap-3 lg:grid-cols-[14rem_minmax(0,1fr)]">
			<ListRail
				lists={lists.data}
				chosen={list?.id ?? null}
				onChoose={choose}
				onNew={() => {
					naming.value = "new";
				}}
			/>
			<div class="min-w-0">
				{lists.isError && (
					<div class="mb-4">
						<Trouble what="Your lists did not load." error={lists.error} again={lists.again} />
					</div>
				)}
				{list && (
					<ListHead
						list={list}
						onRename={() => {
							naming.value = list;
						}}
						onGone={() => choose(null)}
					/>
				)}
				<ContactTable
					key={list?.id ?? "all"}
					list={list ?? null}
					onEdit={(contact) => {
						editing.value = contact;
					}}
				/>
			</div>
			{editing.value && (
				<ContactDialog
					contact={editing.value === "new" ? null : editing.value}
					listId={list?.id ?? null}
					onClose={() => {
						editing.value = null;
						if (new URLSearchParams(location.search).has("id")) choose(listId.value);
					}}
				/>
			)}
			{naming.value && (
				<ListDialog
					list={naming.value === "new" ? null : naming.value}
					onMade={choose}
					onClose={() => {
						naming.value = null;
					}}
				/>
			)}
		</div>
	);
}
