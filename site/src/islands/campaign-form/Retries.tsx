import { Field } from "../../kit/Field";
import { RESULTS, type RuleDraft } from "./retries";
import type { PartProps } from "./types";

/** Results that are tried again more often, less often, sooner or later than the others. */
export function Retries({ draft, set, wrong }: PartProps) {
	const { retryRules, maxAttempts, delayMinutes, machines } = draft;
	return (
		<fieldset>
			<legend class="mb-1.5 text-sm font-medium">Tries by result</legend>
			<p class="text-muted mb-3 text-sm">
				One try means never again. What can never be connected, such as a number that does not exist, is not tried again
				whatever stands here.
			</p>
			<ul class="flex flex-col gap-3">
				{RESULTS.map(([result, word, usual]) => (
					<li key={result} class="grid gap-3 sm:grid-cols-3">
						<Field
							label={word}
							hint={
								result === "machine" && machines === "off" && retryRules.machine
									? "Machines are told from people only when they are to be hung up on or get a message."
									: undefined
							}
						>
							<select
								class="select"
								value={retryRules[result] ? "own" : ""}
								onChange={(event) => {
									const { [result]: _, ...others } = retryRules;
									const rule = { tries: maxAttempts === "1" ? "2" : maxAttempts, minutes: delayMinutes };
									set({ retryRules: event.currentTarget.value ? { ...others, [result]: rule } : others });
								}}
							>
								<option value="">{usual}</option>
								<option value="own">by its own rule</option>
							</select>
						</Field>
						{retryRules[result] && (
							<Rule
								of={word.toLowerCase()}
								rule={retryRules[result]}
								set={(rule) => set({ retryRules: { ...retryRules, [result]: rule } })}
								tries={wrong[`retries.rules.${result}.maxAttempts`]}
								minutes={wrong[`retries.rules.${result}.delaySeconds`]}
							/>
						)}
					</li>
				))}
			</ul>
		</fieldset>
	);
}

interface RuleProps {
	of: string;
	rule: RuleDraft;
	set: (rule: RuleDraft) => void;
	/** What is wrong with either. */
	tries: string | undefined;
	minutes: string | undefined;
}

function Rule({ of, rule, set, tries, minutes }: RuleProps) {
	return (
		<>
			<Field label="Tries in all" error={tries}>
				<input
					class="input num"
					type="number"
					min={1}
					max={10}
					aria-label={`Tries in all when ${of}`}
					value={rule.tries}
					onInput={(event) => set({ ...rule, tries: event.currentTarget.value })}
				/>
			</Field>
			<Field label="Minutes between" error={minutes}>
				<input
					class="input num"
					type="number"
					min={1}
					step="any"
					aria-label={`Minutes between when ${of}`}
					value={rule.minutes}
					onInput={(event) => set({ ...rule, minutes: event.currentTarget.value })}
				/>
			</Field>
		</>
	);
}
