import { Field } from "../../kit/Field";
import { FormDialog, NameField, textIn } from "../../kit/FormDialog";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import { useSaving } from "../../lib/use-saving";
import type { ContactList } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	list: ContactList | null;
	onMade: (id: string) => void;
	onClose: () => void;
}

/** Names a new list, or an old one anew. */
export function ListDialog({ list, onMade, onClose }: Props) {
	const { busy, wrong, trouble, saving } = useSaving();
	async function save(form: FormData) {
		const body = { name: textIn(form, "name"), description: textIn(form, "description") };
		await saving(async () => {
			const saved = await (list
				? said(api["contact-lists"][":id"].$patch({ param: { id: list.id }, json: body }))
				: said(api["contact-lists"].$post({ json: body })));
			await changed("lists");
			tell(list ? `The list is now “${saved.name}”.` : `“${saved.name}” is ready for contacts.`);
			onMade(saved.id);
			onClose();
		});
	}
	return (
		<FormDialog
			title={list ? "Rename list" : "New list"}
			verb={list ? "Save" : "Create list"}
			busy={busy}
			trouble={trouble}
			onSave={save}
			onClose={onClose}
		>
			<NameField error={wrong.value.name} value={list?.name ?? ""} example="Customers 2026" />
			<Field label="What it is for" optional error={wrong.value.description}>
				<input class="input" name="description" maxLength={300} defaultValue={list?.description} />
			</Field>
		</FormDialog>
	);
}
