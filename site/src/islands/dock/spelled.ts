import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Person } from "../../../../worker/signaling/protocol";
import { nameOf } from "./state";

/** The best name there is for somebody; a number as people write it, as soon as the numbering plans are here. */
export function useSpelled(peer: Person): string {
	const spelled = useSignal("");
	const { name, number } = peer;
	useEffect(() => {
		spelled.value = "";
		if (name || !number) return;
		let gone = false;
		import("libphonenumber-js/min")
			.then(({ parsePhoneNumberFromString }) => {
				if (!gone) spelled.value = parsePhoneNumberFromString(number)?.formatInternational() ?? "";
			})
			.catch(() => {}); // it stays as it came
		return () => {
			gone = true;
		};
	}, [name, number]);
	return spelled.value || nameOf(peer);
}
