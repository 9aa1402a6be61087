import { Field } from "../../kit/Field";
import { FormDialog, textIn } from "../../kit/FormDialog";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useSaving } from "../../lib/use-saving";
import type { ContactList } from "../../lib/wire";
import { counted } from "../../lib/words";

/** Puts tags on everybody of a list, and takes others off. */
export function TagsDialog({ list, onClose }: { list: ContactList; onClose: () => void }) {
	const { busy, wrong, trouble, saving } = useSaving();
	async function save(form: FormData) {
		const [add = [], remove = []] = ["add", "remove"].map((name) =>
			textIn(form, name)
				.split(",")
				.map((tag) => tag.trim())
				.filter(Boolean),
		);
		const done = await saving(async () => {
			const { contacts } = await said(api.contacts.tags.$post({ json: { contactListId: list.id, add, remove } }));
			await changed("contacts", "segments");
			tell(`${counted(contacts, "contact")} changed.`);
		});
		if (done) onClose();
	}
	return (
		<FormDialog
			title={`Tags of everybody on “${list.name}”`}
			verb="Change tags"
			busy={busy}
			trouble={trouble}
			onSave={save}
			onClose={onClose}
		>
			<Field label="Put on" optional hint="Separated by commas. Segments go by them." error={wrong.value.add}>
				<input class="input" name="add" maxLength={500} />
			</Field>
			<Field label="Take off" optional error={wrong.value.remove}>
				<input class="input" name="remove" maxLength={500} />
			</Field>
		</FormDialog>
	);
}
