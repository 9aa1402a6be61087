import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { later } from "../kit/later";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { listsQuery, segmentsQuery } from "../lib/reads";
import { tellTrouble } from "../lib/toasts";
import { useRead } from "../lib/use-read";
import type { Contact, ContactList } from "../lib/wire";
import { ContactTable } from "./contacts/ContactTable";
import { ListRail } from "./contacts/ListRail";
import { addressOf, type Shown, shownIn } from "./contacts/shown";

const ListDialog = later(() => import("./contacts/ListDialog").then((part) => part.ListDialog));
const ListHead = later(() => import("./contacts/ListHead").then((part) => part.ListHead));
const SegmentHead = later(() => import("./contacts/SegmentHead").then((part) => part.SegmentHead));
const ContactDialog = later(() => import("./contacts/ContactDialog").then((part) => part.ContactDialog));

const named = (what: "id" | "new") => new URLSearchParams(location.search).get(what) ?? "";

/** People and the lists they are on. What is chosen of them stands in the address. */
export function ContactsPage() {
	const lists = useRead(listsQuery);
	const segments = useRead(segmentsQuery);
	const shown = useSignal<Shown>(shownIn(location.search));
	const editing = useSignal<Contact | "new" | null>(null);
	const naming = useSignal<ContactList | "new" | null>(null);
	const list = lists.data?.find(({ id }) => id === shown.value.id);
	const segment = segments.data?.find(({ id }) => id === shown.value.id);

	// The button stands in the page's head, outside this island, and can be pressed once the island is there.
	useEffect(() => {
		const button = document.querySelector<HTMLButtonElement>("#add-contact");
		if (!button) return;
		button.disabled = false;
		button.onclick = () => {
			editing.value = "new";
		};
	}, []);

	// An address that names a person opens that person, wherever in the list they stand; one that names a new number adds it.
	useEffect(() => {
		const id = named("id");
		if (named("new")) editing.value = "new";
		if (!id) return;
		said(api.contacts[":id"].$get({ param: { id }, query: {} }))
			.then((contact) => {
				editing.value = contact;
			})
			.catch(tellTrouble);
	}, []);

	function show(next: Shown) {
		shown.value = next;
		history.replaceState(history.state, "", addressOf(next));
	}

	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 max-lg:gap-3 lg:grid-cols-[14rem_minmax(0,1fr)]">
			<ListRail
				lists={lists.data}
				segments={segments.data}
				shown={shown.value}
				onShow={show}
				onNew={() => (naming.value = "new")}
			/>
			<div class="min-w-0">
				{lists.isError && (
					<div class="mb-4">
						<Trouble what="Your lists did not load." error={lists.error} again={lists.again} />
					</div>
				)}
				{list && (
					<ListHead list={list} onRename={() => (naming.value = list)} onGone={() => show({ kind: "all", id: null })} />
				)}
				{segment && <SegmentHead segment={segment} />}
				<ContactTable
					key={shown.value.id ?? "all"}
					shown={shown.value}
					listName={list?.name ?? ""}
					onEdit={(contact) => (editing.value = contact)}
				/>
			</div>
			{editing.value && (
				<ContactDialog
					contact={editing.value === "new" ? null : editing.value}
					given={named("new")}
					listId={list?.id ?? ""}
					onClose={() => {
						editing.value = null;
						if (named("id") || named("new")) show(shown.value);
					}}
				/>
			)}
			{naming.value && (
				<ListDialog
					list={naming.value === "new" ? null : naming.value}
					onMade={(id) => show({ kind: "list", id })}
					onClose={() => (naming.value = null)}
				/>
			)}
		</div>
	);
}
