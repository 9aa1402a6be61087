import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { tell } from "../../lib/toasts";
import type { OwnedNumber } from "../../lib/wire";

/** Names a number in the owner's words. */
export function LabelDialog({ number, onClose }: { number: OwnedNumber; onClose: () => void }) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function save(event: SubmitEvent) {
		event.preventDefault();
		const label = String(new FormData(event.currentTarget as HTMLFormElement).get("label") ?? "").trim();
		busy.value = true;
		try {
			await said(api["phone-numbers"][":id"].$put({ param: { id: number.id }, json: { label } }));
			await changed("numbers");
			tell(label ? `${number.formatted} is now “${label}”.` : `${number.formatted} has no label any more.`);
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}
	return (
		<Dialog title={`Label ${number.formatted}`} onClose={onClose}>
			<form onSubmit={save} class="flex flex-col gap-4">
				<Field
					label="Label"
					hint="Only your team sees it: “Main line”, “Berlin office”."
					error={trouble.value || undefined}
				>
					<input class="input" name="label" maxLength={100} defaultValue={number.label} />
				</Field>
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action type="submit" busy={busy.value} busyWord="Saving…">
						Save label
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
