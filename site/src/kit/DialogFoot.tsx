import type { ComponentChildren } from "preact";
import { Action } from "./Action";

/** The end of a dialog's form: what went wrong, the way out, and the button that sends it. */
export function DialogFoot({
	trouble,
	busy,
	busyWord,
	onClose,
	aside,
	children,
}: {
	trouble: ComponentChildren;
	busy: boolean;
	busyWord: string;
	onClose: () => void;
	/** What else can be done, away from the rest: deleting. */
	aside?: ComponentChildren;
	children: ComponentChildren;
}) {
	return (
		<>
			{trouble && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<div class="flex justify-end gap-2">
				{aside}
				<button type="button" class="btn btn-quiet" onClick={onClose}>
					Cancel
				</button>
				<Action type="submit" busy={busy} busyWord={busyWord}>
					{children}
				</Action>
			</div>
		</>
	);
}
