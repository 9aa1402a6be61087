import { useEffect, useRef } from "preact/hooks";

const OFF = "trunkline-keys-off";
export const keysAreOn = () => localStorage.getItem(OFF) === null;
export function switchKeys(on: boolean): void {
	if (on) localStorage.removeItem(OFF);
	else localStorage.setItem(OFF, "1");
}

const SEQUENCE_MS = 1_000;

function isTaken({ target }: KeyboardEvent): boolean {
	const typing =
		target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
	return typing || document.querySelector("dialog[open], [popover]:popover-open") !== null;
}

/** Single keys for what is done most; never while somebody types, and not at all for those who switched them off. */
export function useKeys(deeds: Record<string, () => void>): void {
	const latest = useRef(deeds);
	latest.current = deeds;
	useEffect(() => {
		let wentAt = 0;
		const press = (event: KeyboardEvent) => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event) || !keysAreOn()) return;
			// G and a letter goes to another page; the letter alone is then not meant.
			const afterG = event.timeStamp - wentAt < SEQUENCE_MS;
			wentAt = event.key === "g" ? event.timeStamp : 0;
			const deed = latest.current[event.key.toLowerCase()];
			if (!deed || afterG) return;
			event.preventDefault();
			deed();
		};
		addEventListener("keydown", press);
		return () => removeEventListener("keydown", press);
	}, []);
}
