import { useSignal } from "@preact/signals";
import { Megaphone, Pencil, Tags, Trash2 } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { later } from "../../kit/later";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { ContactList } from "../../lib/wire";
import { counted } from "../../lib/words";

const TagsDialog = later(() => import("./TagsDialog").then((part) => part.TagsDialog));

interface Props {
	list: ContactList;
	onRename: () => void;
	onGone: () => void;
}

/** What list this is, and what can be done with it. */
export function ListHead({ list, onRename, onGone }: Props) {
	const removing = useSignal(false);
	const tagging = useSignal(false);
	return (
		<div class="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
			<div class="me-auto min-w-0">
				<h2 class="truncate text-lg">{list.name}</h2>
				<p class="text-muted text-sm">{list.description || counted(list.contactCount, "contact")}</p>
			</div>
			<button type="button" class="btn btn-ghost btn-sm" onClick={onRename}>
				<Pencil size={15} aria-hidden /> Rename
			</button>
			<button type="button" class="btn btn-ghost btn-sm" onClick={() => (tagging.value = true)}>
				<Tags size={15} aria-hidden /> Tags
			</button>
			<button
				type="button"
				class="btn btn-ghost btn-sm hover:text-error"
				onClick={() => {
					removing.value = true;
				}}
			>
				<Trash2 size={15} aria-hidden /> Delete
			</button>
			<a class="btn btn-quiet btn-sm" href={`/campaigns/new?list=${encodeURIComponent(list.id)}`}>
				<Megaphone size={15} aria-hidden /> Call this list
			</a>
			{tagging.value && <TagsDialog list={list} onClose={() => (tagging.value = false)} />}
			{removing.value && (
				<Confirm
					title={`Delete “${list.name}”?`}
					verb="Delete list"
					busyWord="Deleting…"
					danger
					act={async () => {
						await said(api["contact-lists"][":id"].$delete({ param: { id: list.id }, query: {} }));
						onGone();
						await changed("lists", "contacts");
						tell(`“${list.name}” is deleted. Its contacts are still under All contacts.`);
					}}
					onClose={() => {
						removing.value = false;
					}}
				>
					<p>
						The list goes, its {counted(list.contactCount, "contact")} stay. A list that a campaign under way needs
						cannot be deleted.
					</p>
				</Confirm>
			)}
		</div>
	);
}
