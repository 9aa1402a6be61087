import { useSignal } from "@preact/signals";
import { isSound } from "./range";
import { lately, MOST_DAYS, type Range, today } from "./reads";

const PRESETS: [days: number, word: string][] = [
	[7, "7 days"],
	[30, "30 days"],
	[90, "90 days"],
	[365, "A year"],
];

/** The days that are shown: one of the usual ranges, or any other up to a year. */
export function RangePicker({ range, onRange }: { range: Range; onRange: (range: Range) => void }) {
	const trouble = useSignal("");
	function choose(change: Partial<Range>) {
		const next = { ...range, ...change };
		trouble.value = isSound(next) ? "" : `Choose up to ${MOST_DAYS} days, the first one first.`;
		if (!trouble.value) onRange(next);
	}
	return (
		<div class="mb-5 flex flex-wrap items-end gap-x-4 gap-y-3">
			<fieldset class="flex flex-wrap gap-1">
				<legend class="sr-only">Range</legend>
				{PRESETS.map(([days, word]) => {
					const preset = lately(days);
					const current = preset.from === range.from && preset.to === range.to;
					return (
						<button
							key={days}
							type="button"
							class={`btn btn-sm ${current ? "btn-neutral" : "btn-quiet"}`}
							aria-pressed={current}
							onClick={() => onRange(preset)}
						>
							{word}
						</button>
					);
				})}
			</fieldset>
			<div class="flex items-center gap-2 text-sm">
				<label class="flex items-center gap-2">
					From
					<input
						class="input input-sm w-36"
						type="date"
						max={today()}
						value={range.from}
						onChange={(event) => choose({ from: event.currentTarget.value })}
					/>
				</label>
				<label class="flex items-center gap-2">
					to
					<input
						class="input input-sm w-36"
						type="date"
						value={range.to}
						onChange={(event) => choose({ to: event.currentTarget.value })}
					/>
				</label>
			</div>
			{trouble.value && (
				<p class="text-error basis-full text-sm" role="alert">
					{trouble}
				</p>
			)}
		</div>
	);
}
