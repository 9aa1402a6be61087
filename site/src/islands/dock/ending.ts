import type { Call as LoggedCall } from "../../lib/wire";
import { asked, call, change, END_WORDS } from "./state";

const SHOWN_AFTER_MS = 4_000;

/** What the log's word means for whoever called over the carrier. */
export const LOGGED_ENDS: Partial<Record<LoggedCall["status"], string>> = {
	busy: END_WORDS.busy,
	no_answer: END_WORDS.timeout,
	failed: "The call did not get through.",
};

/** The call is over; for a moment the dock says why. False when it was not this device's call any more. */
export function end(id: string, word: string): boolean {
	if (call.peek()?.id !== id) return false;
	change(id, { state: "over", word });
	asked.value = null;
	setTimeout(() => {
		if (call.peek()?.id === id && call.peek()?.state === "over") call.value = null;
	}, SHOWN_AFTER_MS);
	return true;
}
