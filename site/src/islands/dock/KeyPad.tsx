import { useEffect } from "preact/hooks";
import { isOurs } from "../../lib/keys";
import { KEYS, type Key } from "./sounds";

interface Props {
	onKey: (key: Key) => void;
	/** Keys of the keyboard count wherever the focus is, but where somebody writes. */
	everywhere?: boolean;
}

/** Twelve keys, by hand or by keyboard. */
export function KeyPad({ onKey, everywhere = false }: Props) {
	const typed = (event: KeyboardEvent) => {
		const known = KEYS.find((one) => one === event.key);
		if (!known || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
		event.stopPropagation(); // one press is for one pad
		onKey(known);
	};
	useEffect(() => {
		if (!everywhere) return;
		const heard = (event: KeyboardEvent) => {
			if (isOurs(event)) typed(event);
		};
		document.addEventListener("keydown", heard);
		return () => document.removeEventListener("keydown", heard);
	});
	return (
		<fieldset class="grid w-48 grid-cols-3 gap-1" dir="ltr" aria-label="Keypad" onKeyDown={typed}>
			{KEYS.map((key) => (
				<button key={key} type="button" class="btn btn-sm num" onClick={() => onKey(key)}>
					{key}
				</button>
			))}
		</fieldset>
	);
}
