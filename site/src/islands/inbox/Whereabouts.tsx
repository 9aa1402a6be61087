import { useEffect, useReducer } from "preact/hooks";
import type { ConversationDetail } from "../../lib/wire";
import { clockThere, country } from "../../lib/words";

const MINUTE_MS = 60_000;

/** In which country somebody is, and what time it is there, when the number tells. */
export function Whereabouts({ conversation }: { conversation: Pick<ConversationDetail, "country" | "timeZones"> }) {
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	useEffect(() => {
		const timer = setInterval(() => redraw(undefined), MINUTE_MS);
		return () => clearInterval(timer);
	}, []);
	const { country: code, timeZones } = conversation;
	const clocks = [...new Set(timeZones.map((zone) => clockThere(zone)))];
	const [first] = clocks;
	const told = [
		code && country(code),
		clocks.length === 1 ? first : clocks.length > 1 ? "several time zones" : "",
	].filter(Boolean);
	return told.length > 0 ? <p class="text-muted num text-sm">{told.join(", ")}</p> : null;
}
