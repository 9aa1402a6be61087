import { Field } from "../../kit/Field";
import { Fold } from "./Fold";
import { Retries } from "./Retries";
import type { PartProps } from "./types";

/** How fast, how often, how long: what rarely needs another value. */
export function Pace({ draft, set, wrong }: PartProps) {
	return (
		<Fold title="Pace and retries" summary={summaryOf(draft)} isWrong={hasTrouble(wrong)}>
			<div class="grid gap-4 sm:grid-cols-2">
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
					hint="Further tries only after busy, no answer or a failure, unless it says otherwise below."
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
						step="any"
						value={draft.delayMinutes}
						onInput={(event) => set({ delayMinutes: event.currentTarget.value })}
					/>
				</Field>
				<Field label="Longest call, in minutes" error={wrong.maxCallSeconds}>
					<input
						class="input num"
						type="number"
						min={0.5}
						max={240}
						step="any"
						value={draft.maxCallMinutes}
						onInput={(event) => set({ maxCallMinutes: event.currentTarget.value })}
					/>
				</Field>
			</div>
			<Retries draft={draft} set={set} wrong={wrong} />
		</Fold>
	);
}

const hasTrouble = (wrong: PartProps["wrong"]) =>
	Object.keys(wrong).some((path) => /^(pacing|retries|maxCallSeconds)\b/.test(path));

function summaryOf({ callsPerSecond, maxAttempts, retryRules }: PartProps["draft"]): string {
	const pace = callsPerSecond ? `${callsPerSecond} a second` : "as fast as the carrier allows";
	const tries = maxAttempts === "1" ? "one try" : `${maxAttempts} tries`;
	return `${pace}, ${tries}${Object.keys(retryRules).length > 0 ? ", other rules by result" : ""}`;
}
