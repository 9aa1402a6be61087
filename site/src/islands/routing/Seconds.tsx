import { Field } from "../../kit/Field";

/** For how long somebody is rung. */
export function Seconds({ value, onPick }: { value: number; onPick: (seconds: number) => void }) {
	return (
		<Field label="For how many seconds">
			<input
				class="input num"
				type="number"
				min={5}
				max={120}
				required
				value={value}
				onInput={(event) => onPick(event.currentTarget.valueAsNumber || 0)}
			/>
		</Field>
	);
}
