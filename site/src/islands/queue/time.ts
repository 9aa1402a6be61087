import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** How often queues are looked at while nobody tells how they move. */
export const LOOK_MS = 5_000;

/** The time, every second while somebody looks. */
export function useNow(): number {
	const now = useSignal(Date.now());
	useEffect(() => {
		const timer = setInterval(() => {
			now.value = Date.now();
		}, 1_000);
		return () => clearInterval(timer);
	}, []);
	return now.value;
}
