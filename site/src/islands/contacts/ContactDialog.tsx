import { useSignal } from "@preact/signals";
import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { Contact } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	contact: Contact | null;
	/** The list that a new contact goes on. */
	listId: string | null;
	onClose: () => void;
}

const FIELDS = ["firstName", "lastName", "email", "notes", "timeZone"] as const;

/** Adds a person or changes one. */
export function ContactDialog({ contact, listId, onClose }: Props) {
	const phone = useSignal<string | null>(null);
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const textIn = (name: string) => String(form.get(name) ?? "").trim();
		const consent = textIn("consent");
		const fields = {
			...Object.fromEntries(FIELDS.map((name) => [name, textIn(name)])),
			tags: textIn("tags")
				.split(",")
				.map((tag) => tag.trim())
				.filter(Boolean),
			consentedAt: consent ? new Date(consent).toISOString() : null,
		};
		if (!contact && !phone.value) {
			wrong.value = { phoneNumber: "Give a complete phone number." };
			return;
		}
		busy.value = true;
		trouble.value = "";
		wrong.value = {};
		try {
			if (contact) await said(api.contacts[":id"].$patch({ param: { id: contact.id }, json: fields }));
			else
				await said(
					api.contacts.$post({
						json: { ...fields, phoneNumber: phone.value ?? "", ...(listId ? { contactListIds: [listId] } : {}) },
					}),
				);
			await changed("contacts", "lists");
			tell(contact ? "The contact is saved." : "The contact is added.");
			onClose();
		} catch (error) {
			if (error instanceof Refusal) wrong.value = error.fields;
			if (Object.keys(wrong.value).length === 0) trouble.value = reasonOf(error);
			busy.value = false;
		}
	}

	return (
		<Dialog title={contact ? contact.formatted : "Add contact"} onClose={onClose} wide>
			<form onSubmit={save} class="flex flex-col gap-4">
				{!contact && (
					<PhoneField
						label="Phone number"
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
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Saving…" onClose={onClose}>
					{contact ? "Save contact" : "Add contact"}
				</DialogFoot>
			</form>
		</Dialog>
	);
}
