import { Moon, Sun } from "lucide-preact";
import { useEffect, useReducer } from "preact/hooks";
import { State } from "../../kit/State";
import type { ConversationDetail } from "../../lib/wire";
import { clockThere, country, isDecentThere } from "../../lib/words";

const MINUTE_MS = 60_000;

/** In which country somebody is, and what time it is there, when the number tells, and whether that is one to call at. */
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
	if (told.length === 0) return null;
	const decent = timeZones.filter((zone) => isDecentThere(zone)).length;
	return (
		<p class="text-muted num flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
			{told.join(", ")}
			{timeZones.length > 0 &&
				(decent === timeZones.length ? (
					<State tone="good" icon={Sun} word="Good time to call" />
				) : (
					<State tone="warn" icon={Moon} word={decent > 0 ? "Perhaps night there" : "Night there"} />
				))}
		</p>
	);
}
