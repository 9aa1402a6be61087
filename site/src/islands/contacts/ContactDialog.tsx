import { useSignal } from "@preact/signals";
import { Field } from "../../kit/Field";
import { FormDialog, textIn } from "../../kit/FormDialog";
import { PhoneField } from "../../kit/PhoneField";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { listsQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { useSaving } from "../../lib/use-saving";
import type { Contact } from "../../lib/wire";
import { customFieldsOf, OwnFields, ownFieldsOf } from "./OwnFields";

interface Props {
	/** Null: a new one. */
	contact: Contact | null;
	/** The number of a new contact, as far as it is known. */
	given: string;
	/** The list that a new contact goes on; "" for none. */
	listId: string;
	onClose: () => void;
}

const FIELDS = ["firstName", "lastName", "email", "notes", "timeZone"] as const;

/** Adds a person or changes one. */
export function ContactDialog({ contact, given, listId, onClose }: Props) {
	const phone = useSignal<string | null>(null);
	const own = useSignal(ownFieldsOf(contact ?? { customFields: {} }));
	const lists = useRead(listsQuery);
	const { busy, wrong, trouble, saving } = useSaving();

	async function save(form: FormData) {
		const consent = textIn(form, "consent");
		const list = textIn(form, "list");
		const fields = {
			...Object.fromEntries(FIELDS.map((name) => [name, textIn(form, name)])),
			tags: textIn(form, "tags")
				.split(",")
				.map((tag) => tag.trim())
				.filter(Boolean),
			consentedAt: consent ? new Date(consent).toISOString() : null,
			customFields: customFieldsOf(own.value, contact?.customFields ?? {}),
		};
		if (!contact && !phone.value) {
			wrong.value = { phoneNumber: "Give a complete phone number." };
			return;
		}
		const done = await saving(async () => {
			if (contact) await change(contact.id, fields, list);
			else {
				const lists = list ? { contactListIds: [list] } : {};
				await said(api.contacts.$post({ json: { ...fields, phoneNumber: phone.value ?? "", ...lists } }));
			}
			await changed("contacts", "lists");
			tell(contact ? "The contact is saved." : "The contact is added.");
		});
		if (done) onClose();
	}

	return (
		<FormDialog
			title={contact ? contact.formatted : "Add contact"}
			verb={contact ? "Save contact" : "Add contact"}
			busy={busy}
			trouble={trouble}
			onSave={save}
			onClose={onClose}
			wide
		>
			{!contact && (
				<PhoneField
					label="Phone number"
					given={given}
					error={wrong.value.phoneNumber}
					onPhone={(e164) => {
						phone.value = e164;
					}}
				/>
			)}
			<div class="grid gap-4 sm:grid-cols-2">
				<Field label="First name" error={wrong.value.firstName}>
					<input class="input" name="firstName" maxLength={200} defaultValue={contact?.firstName} />
				</Field>
				<Field label="Last name" error={wrong.value.lastName}>
					<input class="input" name="lastName" maxLength={200} defaultValue={contact?.lastName} />
				</Field>
				<Field label="E-mail" optional error={wrong.value.email}>
					<input class="input" name="email" type="email" maxLength={254} defaultValue={contact?.email} />
				</Field>
				<Field
					label="Time zone"
					optional
					error={wrong.value.timeZone}
					hint="Only when it differs from what the number tells."
				>
					<input
						class="input"
						name="timeZone"
						maxLength={64}
						placeholder="Europe/Berlin"
						defaultValue={contact?.timeZone ?? ""}
					/>
				</Field>
			</div>
			<div class="grid gap-4 sm:grid-cols-2">
				<Field label="Tags" optional error={wrong.value.tags} hint="Separated by commas. Segments go by them.">
					<input class="input" name="tags" maxLength={500} defaultValue={contact?.tags.join(", ")} />
				</Field>
				<Field label="Agreed to be called on" optional error={wrong.value.consentedAt}>
					<input class="input" name="consent" type="date" defaultValue={contact?.consentedAt?.slice(0, 10)} />
				</Field>
			</div>
			<Field label="Notes" optional error={wrong.value.notes}>
				<textarea class="textarea" name="notes" rows={3} maxLength={5000} defaultValue={contact?.notes} />
			</Field>
			<OwnFields fields={own} error={wrong.value.customFields} />
			{!!lists.data?.length && (
				<Field label={contact ? "Put on another list" : "Put on the list"} optional>
					<select class="select" name="list">
						<option value="">{contact ? "Stays where it is" : "No list"}</option>
						{lists.data.map(({ id, name }) => (
							<option key={id} value={id} selected={!contact && id === listId}>
								{name}
							</option>
						))}
					</select>
				</Field>
			)}
		</FormDialog>
	);
}

type Fields = Parameters<(typeof api.contacts)[":id"]["$patch"]>[0]["json"];

/** Changes a contact, and puts it on a list as well when one is named. */
async function change(id: string, fields: Fields, listId: string): Promise<void> {
	await said(api.contacts[":id"].$patch({ param: { id }, json: fields }));
	if (listId)
		await said(api["contact-lists"][":id"].contacts.$post({ param: { id: listId }, json: { contactIds: [id] } }));
}
