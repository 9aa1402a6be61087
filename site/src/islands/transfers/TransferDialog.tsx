import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { Refusal, reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { TransferNumber } from "../../lib/wire";

interface Props {
	onAdded?: (transfer: TransferNumber) => void;
	onClose: () => void;
}

/** Adds a telephone that campaigns may put people through to. */
export function TransferDialog({ onAdded, onClose }: Props) {
	const phone = useSignal<string | null>(null);
	const busy = useSignal(false);
	const wrong = useSignal<Record<string, string>>({});

	async function save(event: SubmitEvent) {
		event.preventDefault();
		// The dialog may stand inside another form, whose submit this is not.
		event.stopPropagation();
		const name = String(new FormData(event.currentTarget as HTMLFormElement).get("name") ?? "").trim();
		if (!phone.value) {
			wrong.value = { phoneNumber: "Give a complete phone number." };
			return;
		}
		busy.value = true;
		try {
			const transfer = await said(api["transfer-numbers"].$post({ json: { name, phoneNumber: phone.value } }));
			await changed("transfers");
			onAdded?.(transfer);
			tell(`People who press 1 can now be put through to ${transfer.name}.`);
			onClose();
		} catch (error) {
			const fields = error instanceof Refusal ? error.fields : {};
			wrong.value = Object.keys(fields).length ? fields : { phoneNumber: reasonOf(error) };
			busy.value = false;
		}
	}

	return (
		<Dialog title="Add a transfer number" onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				<Field label="Name" error={wrong.value.name}>
					<input class="input" name="name" required maxLength={100} placeholder="Front desk" />
				</Field>
				<PhoneField
					label="Phone number"
					error={wrong.value.phoneNumber}
					onPhone={(e164) => {
						phone.value = e164;
					}}
				/>
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Adding…">
						Add number
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
