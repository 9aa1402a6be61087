import { Field } from "./Field";

interface Props {
	label: string;
	name: string;
	error: string | undefined;
	min: number;
	max: number;
	step?: number;
	value: number;
}

/** A number between two others, that has to be given. */
export function NumberField({ label, error, value, ...input }: Props) {
	return (
		<Field label={label} error={error}>
			<input class="input num" type="number" required defaultValue={String(value)} {...input} />
		</Field>
	);
}
