import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Dialog } from "./Dialog";
import { DialogFoot } from "./DialogFoot";
import { Field } from "./Field";

interface Props {
	title: string;
	/** What the button does: "Add contact". */
	verb: string;
	/** Of `useSaving`. */
	busy: Signal<boolean>;
	trouble: Signal<string>;
	onSave: (form: FormData) => Promise<unknown>;
	onClose: () => void;
	/** What else can be done, away from the rest: deleting. */
	aside?: ComponentChildren;
	wide?: boolean;
	children: ComponentChildren;
}

/** Something to fill in, and to save or leave as it is. */
export function FormDialog({ title, verb, busy, trouble, onSave, onClose, aside, wide = false, children }: Props) {
	return (
		<Dialog title={title} onClose={onClose} wide={wide}>
			<form
				class="grid gap-4"
				onSubmit={(event) => {
					event.preventDefault();
					void onSave(new FormData(event.currentTarget));
				}}
			>
				{children}
				<DialogFoot trouble={trouble.value} busy={busy.value} busyWord="Saving…" onClose={onClose} aside={aside}>
					{verb}
				</DialogFoot>
			</form>
		</Dialog>
	);
}

/** What is typed in a field, without the blanks around it. */
export const textIn = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();

/** What something is called. */
export function NameField({ error, value, example }: { error: string | undefined; value: string; example: string }) {
	return (
		<Field label="Name" error={error}>
			<input class="input" name="name" required maxLength={100} placeholder={example} defaultValue={value} />
		</Field>
	);
}
