import { useEffect, useRef } from "preact/hooks";
import { isOurs } from "../../lib/keys";

const SEQUENCE_MS = 1_000;

/** Single keys for what is done most. */
export function useKeys(deeds: Record<string, () => void>): void {
	const latest = useRef(deeds);
	latest.current = deeds;
	useEffect(() => {
		let wentAt = 0;
		const press = (event: KeyboardEvent) => {
			if (!isOurs(event)) return;
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
