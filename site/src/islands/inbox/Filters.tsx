import { ListFilter, X } from "lucide-preact";
import { Menu } from "../../kit/Menu";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { count } from "../../lib/words";
import { narrow, place } from "./place";
import { labelsQuery, SHOWS, type Show, showOf } from "./reads";

const FIRST: Show[] = ["open", "unread", "mine"];
const MORE: Show[] = ["nobody", "snoozed", "done", "archived", "all"];

/** What the list shows: the common choices in sight, the rest behind one button. */
export function Filters() {
	const show = showOf(place.value);
	const { label, number } = place.value;
	const labels = useRead(labelsQuery);
	const numbers = useRead(numbersQuery);
	const own = numbers.data?.find((each) => each.number === number);
	const picked = MORE.includes(show) ? SHOWS[show].word : null;
	return (
		<div class="flex flex-wrap items-center gap-1 px-3 pb-2">
			{FIRST.map((name) => (
				<button
					key={name}
					type="button"
					class={`btn btn-sm ${show === name ? "btn-quiet" : "btn-ghost"}`}
					aria-pressed={show === name}
					onClick={() => narrow({ show: name === "open" ? undefined : name })}
				>
					{SHOWS[name].word}
				</button>
			))}
			{picked && <Picked word={picked} onDrop={() => narrow({ show: undefined })} />}
			{label && <Picked word={label} onDrop={() => narrow({ label: undefined })} />}
			{number && <Picked word={own?.label || own?.formatted || number} onDrop={() => narrow({ number: undefined })} />}
			<span class="ms-auto">
				<Menu label="More filters" face={<ListFilter size={16} aria-hidden />}>
					{MORE.map((name) => (
						<Choice key={name} word={SHOWS[name].word} on={show === name} onPick={() => narrow({ show: name })} />
					))}
					{!!labels.data?.length && <p class="text-faint px-3 pt-2 pb-1 text-xs font-medium">Labels</p>}
					{labels.data?.map(({ label: word, count: many }) => (
						<Choice key={word} word={word} many={many} on={label === word} onPick={() => narrow({ label: word })} />
					))}
					{(numbers.data?.length ?? 0) > 1 && <p class="text-faint px-3 pt-2 pb-1 text-xs font-medium">Numbers</p>}
					{(numbers.data?.length ?? 0) > 1 &&
						numbers.data?.map((each) => (
							<Choice
								key={each.id}
								word={each.label || each.formatted}
								on={number === each.number}
								onPick={() => narrow({ number: each.number })}
							/>
						))}
				</Menu>
			</span>
		</div>
	);
}

function Picked({ word, onDrop }: { word: string; onDrop: () => void }) {
	return (
		<button type="button" class="btn btn-quiet btn-sm max-w-36" aria-pressed="true" onClick={onDrop}>
			<bdi class="truncate">{word}</bdi>
			<X size={13} aria-label="(take this filter away)" />
		</button>
	);
}

function Choice({ word, many, on, onPick }: { word: string; many?: number; on: boolean; onPick: () => void }) {
	return (
		<button type="button" class="rail-link w-full text-start " aria-pressed={on} onClick={onPick}>
			<bdi class="min-w-0 flex-1 truncate">{word}</bdi>
			{many !== undefined && <span class="num text-faint text-xs">{count(many)}</span>}
		</button>
	);
}
