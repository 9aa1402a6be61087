import { useRead } from "../../lib/use-read";
import type { Assistant } from "../../lib/wire";
import { count } from "../../lib/words";
import { figuresQuery, lately } from "../analytics/reads";
import { connectionsQuery } from "./reads";

/** How much the assistants do, in four figures. */
export function Summary({ assistants }: { assistants: Assistant[] }) {
	const connections = useRead(connectionsQuery);
	const figures = useRead(figuresQuery(lately(30)));
	const connected = connections.data?.filter(({ assistantId }) => assistantId !== null).length;
	const totals = figures.data?.totals;
	const cards = [
		["Assistants", count(assistants.filter(({ status }) => status === "active").length), "ready to answer"],
		["Numbers answered", connected === undefined ? undefined : count(connected), `of ${connections.data?.length ?? 0}`],
		["Calls taken", totals && count(totals.assistantCalls), "in the last 30 days"],
		["Minutes spoken", totals && count(totals.assistantMinutes), "in the last 30 days"],
	] as const;
	return (
		<ul class="card grid grid-cols-2 gap-px overflow-hidden bg-[var(--line)] lg:grid-cols-4">
			{cards.map(([word, value, note]) => (
				<li key={word} class="bg-base-100 px-4 py-3.5 lg:px-5">
					<span class="text-muted block text-xs font-medium">{word}</span>
					<span class="num mt-0.5 block text-2xl font-semibold">{value ?? <span class="skel my-2 w-16" />}</span>
					<span class="text-muted block truncate text-xs">{note}</span>
				</li>
			))}
		</ul>
	);
}
