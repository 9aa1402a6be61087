import { useSignal } from "@preact/signals";
import { Dialog } from "../../kit/Dialog";
import { DialogFoot } from "../../kit/DialogFoot";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";

interface Props {
	phoneNumber: string;
	formatted: string;
	onClose: () => void;
}

/** Gives a number its name. */
export function AddContact({ phoneNumber, formatted, onClose }: Props) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const form = new FormData(event.currentTarget as HTMLFormElement);
		const field = (name: string) => String(form.get(name) ?? "").trim();
		const fields = { firstName: field("firstName"), lastName: field("lastName"), email: field("email") };
		busy.value = true;
		trouble.value = "";
		try {
			await said(api.contacts.$post({ json: { phoneNumber, ...fields, notes: field("notes") } }));
			await changed("contacts", "anybody", "conversation", "conversations");
			tell("The contact is added.");
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}
	return (
		<Dialog title={`Add ${formatted}`} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				<div class="grid gap-4 sm:grid-cols-2">
					<Field label="First name">
						<input class="input" name="firstName" maxLength={200} dir="auto" required />
					</Field>
					<Field label="Last name">
						<input class="input" name="lastName" maxLength={200} dir="auto" />
					</Field>
				</div>
				<Field label="E-mail" optional>
					<input class="input" name="email" type="email" maxLength={254} />
				</Field>
				<Field label="Notes" optional>
					<textarea class="textarea" name="notes" rows={3} maxLength={5000} dir="auto" />
				</Field>
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Adding…" onClose={onClose}>
					Add contact
				</DialogFoot>
			</form>
		</Dialog>
	);
}
