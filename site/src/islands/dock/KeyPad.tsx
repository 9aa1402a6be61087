import { KEYS, type Key } from "./sounds";

/** Twelve keys, by hand or, while the focus is on one of them, by keyboard. */
export function KeyPad({ onKey }: { onKey: (key: Key) => void }) {
	const typed = ({ key }: KeyboardEvent) => {
		const known = KEYS.find((one) => one === key);
		if (known) onKey(known);
	};
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
