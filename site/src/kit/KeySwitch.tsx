import { useSignal } from "@preact/signals";
import { keysAreOn, switchKeys } from "../lib/keys";

/** Whether keys without Ctrl or ⌘ do something. Speech input and a slipping finger press them by accident. */
export function KeySwitch() {
	const on = useSignal(keysAreOn());
	return (
		<label class="flex min-h-8 items-center gap-2.5 text-sm">
			<input
				type="checkbox"
				class="checkbox checkbox-primary"
				checked={on}
				onChange={({ currentTarget: { checked } }) => {
					on.value = checked;
					switchKeys(checked);
				}}
			/>
			Single keys work while no field has the focus
		</label>
	);
}
