import { Field } from "../../kit/Field";
import { Choice } from "./Choice";
import { Seconds } from "./Seconds";
import type { StepProps } from "./step-props";

/** Which telephone system takes the call, and who there. */
export function SipFields({ step, names, onChange }: StepProps<"sip">) {
	return (
		<>
			<Choice
				label="SIP provider"
				list={names.providers}
				value={step.providerId}
				none={{ word: "No SIP provider yet.", href: "/settings?part=calls", way: "Add one" }}
				onPick={(providerId) => onChange({ ...step, providerId })}
			/>
			<div class="grid gap-3 sm:grid-cols-2">
				<Field label="Who is called there" optional hint="Left out: the number that was dialed.">
					<input
						class="input"
						autocomplete="off"
						maxLength={64}
						pattern="[A-Za-z0-9._+\-]*"
						value={step.user ?? ""}
						onInput={({ currentTarget: { value } }) => {
							const { user: _, ...rest } = step;
							onChange(value.trim() ? { ...rest, user: value.trim() } : rest);
						}}
					/>
				</Field>
				<Seconds value={step.seconds} onPick={(seconds) => onChange({ ...step, seconds })} />
			</div>
		</>
	);
}
