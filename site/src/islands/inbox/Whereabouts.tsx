import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ConversationDetail } from "../../lib/wire";
import { country } from "../../lib/words";

/** In which country the number is. The numbering plans come after the panel, because they are bigger than it. */
export function Whereabouts({ conversation: { peer } }: { conversation: ConversationDetail }) {
	const code = useSignal("");
	useEffect(() => {
		let wanted = true;
		void import("libphonenumber-js/min").then(({ parsePhoneNumberFromString }) => {
			if (wanted) code.value = parsePhoneNumberFromString(peer)?.country ?? "";
		});
		return () => {
			wanted = false;
		};
	}, [peer]);
	return code.value ? <p class="text-muted text-sm">{country(code.value)}</p> : null;
}
