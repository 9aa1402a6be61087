import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { reasonOf } from "../../lib/refusal";

interface Props {
	verb: string;
	danger?: boolean;
	children: ComponentChildren;
	onCancel: () => void;
	onCode: (code: string) => Promise<void>;
}

/** Asks for a code before something about the second factor changes. */
export function CodeForm({ verb, danger = false, children, onCancel, onCode }: Props) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	async function go(event: SubmitEvent) {
		event.preventDefault();
		const code = String(new FormData(event.currentTarget as HTMLFormElement).get("code") ?? "");
		busy.value = true;
		trouble.value = "";
		try {
			await onCode(code);
		} catch (error) {
			trouble.value = reasonOf(error);
			busy.value = false;
		}
	}
	return (
		<form onSubmit={go} class="flex flex-col gap-4">
			{children}
			<Field label="Code" error={trouble.value || undefined}>
				<input class="input num" name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={40} required />
			</Field>
			<div class="flex justify-end gap-2">
				<button type="button" class="btn btn-quiet" onClick={onCancel}>
					Cancel
				</button>
				<Action type="submit" look={danger ? "btn-error" : "btn-primary"} busy={busy.value} busyWord="Checking…">
					{verb}
				</Action>
			</div>
		</form>
	);
}
