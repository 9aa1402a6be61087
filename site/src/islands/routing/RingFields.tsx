import { Field } from "../../kit/Field";
import { Seconds } from "./Seconds";
import type { StepProps } from "./step-props";

/** Whose browsers ring, and how. */
export function RingFields({ step, names, onChange }: StepProps<"ring">) {
	const choose = (userId: string, on: boolean) => {
		const rest = step.userIds.filter((one) => one !== userId);
		onChange({ ...step, userIds: on ? [...rest, userId] : rest });
	};
	return (
		<>
			<fieldset>
				<legend class="mb-1 text-sm font-medium">Whose browsers ring</legend>
				<p class="text-faint mb-1 text-xs">Nobody chosen: of whoever has the number.</p>
				<div class="flex flex-wrap gap-x-5">
					{[...names.people].map(([userId, name]) => (
						<label key={userId} class="flex min-h-8 items-center gap-2 text-sm">
							<input
								type="checkbox"
								class="checkbox checkbox-primary"
								checked={step.userIds.includes(userId)}
								onChange={(event) => choose(userId, event.currentTarget.checked)}
							/>
							{name}
						</label>
					))}
				</div>
			</fieldset>
			<div class="grid gap-3 sm:grid-cols-2">
				{step.userIds.length > 1 && (
					<Field label="In which order">
						<select
							class="select"
							value={step.order}
							onChange={(event) =>
								onChange({ ...step, order: event.currentTarget.value === "one_by_one" ? "one_by_one" : "all" })
							}
						>
							<option value="all">All at once</option>
							<option value="one_by_one">One after the other</option>
						</select>
					</Field>
				)}
				<Seconds value={step.seconds} onPick={(seconds) => onChange({ ...step, seconds })} />
			</div>
		</>
	);
}
