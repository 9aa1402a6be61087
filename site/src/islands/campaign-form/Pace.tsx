import { ChevronRight } from "lucide-preact";
import { Field } from "../../kit/Field";
import type { PartProps } from "./types";

/** How fast, how often, how long: what rarely needs another value. */
export function Pace({ draft, set, wrong }: PartProps) {
	return (
		<details class="card group">
			<summary class="flex items-center gap-2 rounded-box p-4 font-semibold lg:px-5">
				<ChevronRight size={17} class="transition-transform group-open:rotate-90" aria-hidden /> Pace and retries
				<span class="text-muted ms-auto text-sm font-normal max-sm:hidden">{summaryOf(draft)}</span>
			</summary>
			<div class="line grid gap-4 border-t p-4 sm:grid-cols-2 lg:p-5">
				<Field
					label="Calls a second"
					optional
					hint="Empty: as fast as the carrier allows."
					error={wrong["pacing.callsPerSecond"]}
				>
					<input
						class="input num"
						inputMode="decimal"
						value={draft.callsPerSecond}
						onInput={(event) => set({ callsPerSecond: event.currentTarget.value })}
					/>
				</Field>
				<Field
					label="Calls in the air at once"
					optional
					hint="As many as your team can take."
					error={wrong["pacing.maxConcurrent"]}
				>
					<input
						class="input num"
						inputMode="numeric"
						value={draft.maxConcurrent}
						onInput={(event) => set({ maxConcurrent: event.currentTarget.value })}
					/>
				</Field>
				<Field
					label="Tries per person"
					hint="Further tries only after busy, no answer or a failure."
					error={wrong["retries.maxAttempts"]}
				>
					<input
						class="input num"
						type="number"
						min={1}
						max={10}
						value={draft.maxAttempts}
						onInput={(event) => set({ maxAttempts: event.currentTarget.value })}
					/>
				</Field>
				<Field label="Minutes between tries" error={wrong["retries.delaySeconds"]}>
					<input
						class="input num"
						type="number"
						min={1}
						value={draft.delayMinutes}
						onInput={(event) => set({ delayMinutes: event.currentTarget.value })}
					/>
				</Field>
				<Field label="Longest call, in minutes" error={wrong.maxCallSeconds}>
					<input
						class="input num"
						type="number"
						min={1}
						max={240}
						value={draft.maxCallMinutes}
						onInput={(event) => set({ maxCallMinutes: event.currentTarget.value })}
					/>
				</Field>
			</div>
		</details>
	);
}

function summaryOf({ callsPerSecond, maxAttempts }: PartProps["draft"]): string {
	const pace = callsPerSecond ? `${callsPerSecond} a second` : "as fast as the carrier allows";
	return `${pace}, ${maxAttempts === "1" ? "one try" : `${maxAttempts} tries`}`;
}
