import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { reasonOf } from "../lib/refusal";
import { Action } from "./Action";
import { Dialog } from "./Dialog";
import { Field } from "./Field";

interface Props {
	title: string;
	children: ComponentChildren;
	/** The verb on the button: "Release number". */
	verb: string;
	busyWord: string;
	/** Text to type first, for what cannot be taken back. */
	typed?: { text: string; label: string };
	danger?: boolean;
	disabled?: boolean;
	act: () => Promise<unknown>;
	onClose: () => void;
}

/** Asks before something that costs or cannot be undone. Stays open with the reason when it does not work. */
export function Confirm({ title, children, verb, busyWord, typed, danger = false, disabled, act, onClose }: Props) {
	const busy = useSignal(false);
	const trouble = useSignal("");
	const text = useSignal("");
	const matches = !typed || text.value.replace(/\s+/g, "") === typed.text.replace(/\s+/g, "");
	async function go(event: Event) {
		event.preventDefault();
		if (!matches || disabled) return;
		busy.value = true;
		trouble.value = "";
		try {
			await act();
			onClose();
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<Dialog title={title} onClose={onClose}>
			<form onSubmit={go} class="flex flex-col gap-4">
				<div class="text-muted text-sm">{children}</div>
				{typed && (
					<Field label={typed.label}>
						<input
							class="input phone"
							autocomplete="off"
							value={text}
							onInput={(e) => (text.value = e.currentTarget.value)}
						/>
					</Field>
				)}
				{trouble.value && (
					<p class="notice notice-bad" role="alert">
						{trouble}
					</p>
				)}
				<div class="flex justify-end gap-2">
					<button type="button" class="btn btn-quiet" onClick={onClose}>
						Cancel
					</button>
					<Action
						type="submit"
						look={danger ? "btn-error" : "btn-primary"}
						busy={busy.value}
						busyWord={busyWord}
						disabled={!matches || !!disabled}
					>
						{verb}
					</Action>
				</div>
			</form>
		</Dialog>
	);
}
