import { Field } from "../../kit/Field";
import { PhoneField } from "../../kit/PhoneField";
import { Seconds } from "./Seconds";
import type { StepProps } from "./step-props";

/** To which telephone a call goes, and what that shows. */
export function ForwardFields({ step, names, onChange }: StepProps<"forward">) {
	const { seconds, shows } = step;
	const bare = { kind: "forward", seconds, shows } as const;
	const own = step.transferNumberId ?? "";
	return (
		<>
			<Field label="To">
				<select
					class="select"
					value={own}
					onChange={({ currentTarget: { value } }) => onChange(value ? { ...bare, transferNumberId: value } : bare)}
				>
					<option value="">A number of its own…</option>
					{[...names.transfers].map(([id, word]) => (
						<option key={id} value={id}>
							{word}
						</option>
					))}
				</select>
			</Field>
			{!own && (
				<PhoneField
					label="Number"
					hint={step.number ? `Now ${step.number}` : undefined}
					onPhone={(number) => number !== null && onChange({ ...bare, number })}
				/>
			)}
			<div class="grid gap-3 sm:grid-cols-2">
				<Field label="What the telephone shows">
					<select
						class="select"
						value={shows}
						onChange={(event) =>
							onChange({ ...step, shows: event.currentTarget.value === "caller" ? "caller" : "line" })
						}
					>
						<option value="line">This number</option>
						<option value="caller">The caller's number</option>
					</select>
				</Field>
				<Seconds value={seconds} onPick={(next) => onChange({ ...step, seconds: next })} />
			</div>
		</>
	);
}
