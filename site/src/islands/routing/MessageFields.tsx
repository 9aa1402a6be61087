import { Field } from "../../kit/Field";
import type { StepProps } from "./step-props";

/** What a caller hears before the tone, and how long a message may be. */
export function MessageFields({ step, names, onChange }: StepProps<"voicemail">) {
	const { maxSeconds } = step;
	const bare = { kind: "voicemail", maxSeconds } as const;
	return (
		<>
			<Field label="What the caller hears first">
				<select
					class="select"
					value={step.greetingFileId ?? ""}
					onChange={({ currentTarget: { value } }) => onChange(value ? { ...bare, greetingFileId: value } : bare)}
				>
					<option value="">A sentence that is read out</option>
					{[...names.greetings].map(([id, word]) => (
						<option key={id} value={id}>
							{word}
						</option>
					))}
				</select>
			</Field>
			{!step.greetingFileId && (
				<Field label="The sentence" optional>
					<input
						class="input"
						maxLength={1_000}
						placeholder="Please leave a message after the tone."
						value={step.say ?? ""}
						onInput={({ currentTarget: { value } }) => onChange(value.trim() ? { ...bare, say: value } : bare)}
					/>
				</Field>
			)}
			<Field label="Longest message">
				<select
					class="select sm:w-48"
					value={String(maxSeconds)}
					onChange={(event) => onChange({ ...step, maxSeconds: Number(event.currentTarget.value) })}
				>
					{[...new Set([30, 60, 120, 300, 600, maxSeconds])].map((seconds) => (
						<option key={seconds} value={String(seconds)}>
							{seconds < 60 ? `${seconds} seconds` : `${seconds / 60} minutes`}
						</option>
					))}
				</select>
			</Field>
		</>
	);
}
