import { TextSkeleton } from "../../kit/Skeleton";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { Step } from "./Step";
import type { PartProps } from "./types";

/** The numbers that people see. */
export function Callers({ draft, set, wrong }: PartProps) {
	const numbers = useRead(numbersQuery);
	const voice = numbers.data?.filter(({ isActive, capabilities }) => isActive && capabilities.includes("Voice"));
	const toggle = (number: string, on: boolean) =>
		set({ callerNumbers: on ? [...draft.callerNumbers, number] : draft.callerNumbers.filter((one) => one !== number) });
	return (
		<Step title="What number they see" lead="With several, calls take turns between them.">
			{numbers.isPending && (
				<div class="h-14">
					<TextSkeleton lines={2} label="Loading your numbers" />
				</div>
			)}
			{voice?.length === 0 && (
				<p class="notice notice-warn">
					<span>
						You have no number that can call.{" "}
						<a class="link" href="/phone-config">
							Generate one
						</a>{" "}
						or{" "}
						<a class="link" href="/numbers/buy">
							choose one
						</a>
						.
					</span>
				</p>
			)}
			{!!voice?.length && (
				<fieldset>
					<legend class="sr-only">Caller numbers</legend>
					<ul class="grid gap-2 sm:grid-cols-2">
						{voice.map(({ id, number, formatted, label }) => (
							<li key={id}>
								<label class="line has-checked:border-primary has-checked:bg-primary/7 flex min-h-11 items-center gap-3 rounded-field border px-3 py-2">
									<input
										type="checkbox"
										class="checkbox checkbox-primary"
										checked={draft.callerNumbers.includes(number)}
										onChange={(event) => toggle(number, event.currentTarget.checked)}
									/>
									<span class="min-w-0">
										<span class="phone block font-medium">{formatted}</span>
										{label && <span class="text-muted block truncate text-xs">{label}</span>}
									</span>
								</label>
							</li>
						))}
					</ul>
				</fieldset>
			)}
			{draft.callerNumbers.length > 1 && (
				<label class="flex items-start gap-3 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-sm mt-0.5"
						checked={draft.callerChoice === "local"}
						onChange={(event) => set({ callerChoice: event.currentTarget.checked ? "local" : "rotate" })}
					/>
					<span>
						Show the number that is most like theirs: same area code, or same country. Otherwise each in turn.
					</span>
				</label>
			)}
			{wrong.callerNumbers && <p class="text-error text-sm">{wrong.callerNumbers}</p>}
		</Step>
	);
}
