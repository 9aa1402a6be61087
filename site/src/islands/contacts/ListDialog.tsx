import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { ContactList } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	list: ContactList | null;
	onMade: (id: string) => void;
	onClose: () => void;
}

/** Names a new list, or an old one anew. */
export function ListDialog({ list, onMade, onClose }: Props) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const body = { name: String(form.get("name")).trim(), description: String(form.get("description")).trim() };
		busy.value = true;
		try {
			const saved = await (list
				? said(api["contact-lists"][":id"].$patch({ param: { id: list.id }, json: body }))
				: said(api["contact-lists"].$post({ json: body })));
			await changed("lists");
			tell(list ? `The list is now “${saved.name}”.` : `“${saved.name}” is ready for contacts.`);
			onMade(saved.id);
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}
	return (
		<Dialog title={list ? "Rename list" : "New list"} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				<Field label="Name" error={trouble.value || undefined}>
					<input
						class="input"
						name="name"
						required
						maxLength={100}
						defaultValue={list?.name}
						placeholder="Customers 2026"
					/>
				</Field>
				<Field label="What it is for" optional>
					<input class="input" name="description" maxLength={300} defaultValue={list?.description} />
				</Field>
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Saving…">
						{list ? "Save" : "Create list"}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
