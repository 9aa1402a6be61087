import type { ComponentChildren } from "preact";
import { Dialog } from "../../kit/Dialog";
import { PersonalNumberForm } from "./PersonalNumberForm";

interface Props {
	title: string;
	cancelWord: string;
	onClose: () => void;
	onSaved: () => void;
	children?: ComponentChildren;
}

/** The question for the personal number, over the page. */
export function PersonalNumberDialog({ title, cancelWord, onClose, onSaved, children }: Props) {
	return (
		<Dialog title={title} onClose={onClose}>
			<PersonalNumberForm cancelWord={cancelWord} onCancel={onClose} onSaved={onSaved}>
				{children}
			</PersonalNumberForm>
		</Dialog>
	);
}
