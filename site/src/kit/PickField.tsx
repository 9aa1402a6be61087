import { Field } from "./Field";

interface Props<Name extends string> {
	label: string;
	hint?: string;
	value: Name;
	/** What is kept, and the word for it. */
	choices: readonly (readonly [name: Name, word: string])[];
	onPick: (name: Name) => void;
}

/** One of a few. */
export function PickField<Name extends string>({ label, hint, value, choices, onPick }: Props<Name>) {
	return (
		<Field label={label} hint={hint}>
			<select
				class="select"
				value={value}
				onChange={({ currentTarget }) => {
					const picked = choices.find(([name]) => name === currentTarget.value);
					if (picked) onPick(picked[0]);
				}}
			>
				{choices.map(([name, word]) => (
					<option key={name} value={name}>
						{word}
					</option>
				))}
			</select>
		</Field>
	);
}
