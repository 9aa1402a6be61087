import { useSignal } from "@preact/signals";
import { Filter, ListMinus, Pencil, Search, Trash2, UserPlus } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Empty } from "../../kit/Empty";
import { More } from "../../kit/More";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useReadPages } from "../../lib/use-read";
import type { Contact } from "../../lib/wire";
import { counted, country } from "../../lib/words";
import { forgetContact, takeOffList } from "./forget";
import type { Shown } from "./shown";

interface Props {
	shown: Shown;
	/** What the list is called that is shown. */
	listName: string;
	onEdit: (contact: Contact) => void;
}

/** One page of people at a time, to be searched by how their name or number begins. */
export function ContactTable({ shown, listName, onEdit }: Props) {
	const typed = useSignal("");
	const search = useSignal("");
	useEffect(() => {
		const timer = setTimeout(() => {
			search.value = typed.value;
		}, 250);
		return () => clearTimeout(timer);
	}, [typed.value]);

	const { kind, id } = shown;
	const contacts = useReadPages({
		key: ["contacts", id ?? "all", search.value],
		read: (cursor) => {
			const query = { limit: "50", ...(cursor ? { cursor } : {}) };
			if (kind === "list") return said(api["contact-lists"][":id"].contacts.$get({ param: { id }, query }));
			if (kind === "segment") return said(api.segments[":id"].contacts.$get({ param: { id }, query }));
			return said(api.contacts.$get({ query: { ...query, ...(search.value ? { search: search.value } : {}) } }));
		},
	});
	const rows = contacts.items;

	return (
		<>
			{kind === "all" && (rows.length > 0 || typed.value) && (
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
			{contacts.data && rows.length === 0 && <Nobody shown={shown} listName={listName} searched={search.value} />}
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
								<ContactRow
									key={contact.id}
									contact={contact}
									listId={kind === "list" ? id : null}
									onEdit={() => onEdit(contact)}
								/>
							))}
						</tbody>
					</table>
				</div>
			)}
			<More of={contacts}>More contacts</More>
		</>
	);
}

interface RowProps {
	contact: Contact;
	/** The list that is shown, of which they can be taken off. */
	listId: string | null;
	onEdit: () => void;
}

function ContactRow({ contact, listId, onEdit }: RowProps) {
	const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ");
	return (
		<tr class="hover:bg-base-200/60 relative">
			<td class="max-w-0">
				<button type="button" class="opens-row block max-w-full truncate text-start font-medium" onClick={onEdit}>
					{name || <span class="text-muted font-normal">No name</span>}
				</button>
				<p class="text-muted phone text-xs sm:hidden">{contact.formatted}</p>
				{contact.tags.length > 0 && <p class="text-muted truncate text-xs">{contact.tags.join(", ")}</p>}
				{contact.email && <p class="text-muted truncate text-xs max-sm:hidden">{contact.email}</p>}
			</td>
			<td class="phone w-44 max-sm:hidden">{contact.formatted}</td>
			<td class="text-muted w-56 max-xl:hidden">
				{[country(contact.country), zoneWord(contact)].filter(Boolean).join(", ")}
			</td>
			<td class="w-0 text-end whitespace-nowrap">
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square relative"
					title="Edit"
					aria-label={`Edit ${name || contact.formatted}`}
					onClick={onEdit}
				>
					<Pencil size={15} aria-hidden />
				</button>
				{listId && (
					<button
						type="button"
						class="btn btn-ghost btn-sm btn-square relative"
						title="Take off this list"
						aria-label={`Take ${name || contact.formatted} off this list`}
						onClick={() => takeOffList(contact, listId, name || contact.formatted)}
					>
						<ListMinus size={15} aria-hidden />
					</button>
				)}
				<button
					type="button"
					class="btn btn-ghost btn-sm btn-square hover:text-error relative"
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

function Nobody({ shown: { kind, id }, listName, searched }: Omit<Props, "onEdit"> & { searched: string }) {
	return (
		<div class="card">
			{searched ? (
				<Empty icon={Search} title="Nobody found">
					No contact's name or number begins with {searched}. Numbers are searched with their country code, as in +44
					20.
				</Empty>
			) : kind === "segment" ? (
				<Empty icon={Filter} title="Nobody meets this filter">
					Whoever comes to meet it stands here by itself, and is called by its campaigns that have not begun.
				</Empty>
			) : (
				<Empty
					icon={UserPlus}
					title={kind === "list" ? `“${listName}” is empty` : "No contacts yet"}
					actions={
						<a class="btn btn-primary" href={`/contacts/import${id === null ? "" : `?list=${encodeURIComponent(id)}`}`}>
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
