import { useSignal } from "@preact/signals";
import { Pencil, Search, Trash2, UserPlus } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useReadPages } from "../../lib/use-read";
import type { Contact, ContactList } from "../../lib/wire";
import { counted, country } from "../../lib/words";
import { forgetContact } from "./forget";

interface Props {
	/** Null: everybody. */
	list: ContactList | null;
	onEdit: (contact: Contact) => void;
}

/** One page of people at a time, to be searched by how their name or number begins. */
export function ContactTable({ list, onEdit }: Props) {
	const typed = useSignal("");
	const search = useSignal("");
	useEffect(() => {
		const timer = setTimeout(() => {
			search.value = typed.value;
		}, 250);
		return () => clearTimeout(timer);
	}, [typed.value]);

	const key = ["contacts", list?.id ?? "all", search.value];
	const contacts = useReadPages({
		key: key,
		read: (cursor) => {
			const page = { limit: "50", ...(cursor ? { cursor } : {}) };
			return list
				? said(api["contact-lists"][":id"].contacts.$get({ param: { id: list.id }, query: page }))
				: said(api.contacts.$get({ query: { ...page, ...(search.value ? { search: search.value } : {}) } }));
		},
	});
	const rows = contacts.items;

	return (
		<>
			{!list && (rows.length > 0 || typed.value) && (
				<label class="input mb-3 max-w-xs">
					<Search size={16} class="text-muted" aria-hidden />
					<input
						type="search"
						aria-label="Find by the beginning of a name or number"
						placeholder="Name, or number with +44…"
						maxLength={60}
						value={typed}
						onInput={(event) => {
							typed.value = event.currentTarget.value;
						}}
					/>
				</label>
			)}
			{contacts.isPending && <RowsSkeleton rows={8} columns={3} label="Loading contacts" />}
			{contacts.isError && <Trouble what="The contacts did not load." error={contacts.error} again={contacts.again} />}
			{contacts.data && rows.length === 0 && <Nobody list={list} searched={search.value} />}
			{rows.length > 0 && (
				<div class="card overflow-hidden">
					<table class="table">
						<thead>
							<tr>
								<th scope="col">Name</th>
								<th scope="col" class="max-sm:hidden">
									Number
								</th>
								<th scope="col" class="max-xl:hidden">
									Where
								</th>
								<th scope="col">
									<span class="sr-only">Actions</span>
								</th>
							</tr>
						</thead>
						<tbody class="[content-visibility:auto]">
							{rows.map((contact) => (
								<ContactRow key={contact.id} contact={contact} onEdit={() => onEdit(contact)} />
							))}
						</tbody>
					</table>
				</div>
			)}
			<More of={contacts}>More contacts</More>
		</>
	);
}

function ContactRow({ contact, onEdit }: { contact: Contact; onEdit: () => void }) {
	const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ");
	return (
		<tr class="hover:bg-base-200/60">
			<td class="max-w-0">
				<p class="truncate font-medium">{name || <span class="text-muted font-normal">No name</span>}</p>
				<p class="text-muted phone text-xs sm:hidden">{contact.formatted}</p>
				{contact.email && <p class="text-muted truncate text-xs max-sm:hidden">{contact.email}</p>}
			</td>
			<td class="phone w-44 max-sm:hidden">{contact.formatted}</td>
			<td class="text-muted w-56 max-xl:hidden">
				{[country(contact.country), zoneWord(contact)].filter(Boolean).join(", ")}
			</td>
			<td class="w-0 text-end whitespace-nowrap">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square"
					title="Edit"
					aria-label={`Edit ${name || contact.formatted}`}
					onClick={onEdit}
				>
					<Pencil size={15} aria-hidden />
				</button>
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error"
					title="Delete"
					aria-label={`Delete ${name || contact.formatted}`}
					onClick={() => forgetContact(contact, name || contact.formatted)}
				>
					<Trash2 size={15} aria-hidden />
				</button>
			</td>
		</tr>
	);
}

/** The time zone that its hours follow; a number that may lie in several waits for all of them. */
function zoneWord({ timeZone, zones }: Contact): string {
	const only = timeZone ?? (zones.length === 1 ? zones[0] : undefined);
	if (only) return only.split("/").at(-1)?.replaceAll("_", " ") ?? only;
	return zones.length ? counted(zones.length, "time zone") : "time zone unknown";
}

function Nobody({ list, searched }: { list: ContactList | null; searched: string }) {
	return (
		<div class="card">
			{searched ? (
				<Empty icon={Search} title="Nobody found">
					No contact's name or number begins with {searched}. Numbers are searched with their country code, as in +44
					20.
				</Empty>
			) : (
				<Empty
					icon={UserPlus}
					title={list ? `“${list.name}” is empty` : "No contacts yet"}
					actions={
						<a class="btn btn-primary" href={`/contacts/import${list ? `?list=${encodeURIComponent(list.id)}` : ""}`}>
							Import a CSV file
						</a>
					}
				>
					Bring people in from a spreadsheet: any file with a column of phone numbers will do. Or add one by hand with
					“Add contact”.
				</Empty>
			)}
		</div>
	);
}
