import type { SelectHTMLAttributes } from "preact";
import { countries } from "../lib/countries";

type Props = SelectHTMLAttributes & { value: string; onPick: (code: string) => void; calling?: boolean };

export function CountrySelect({ value, onPick, calling = false, class: extra, ...rest }: Props) {
	return (
		<select
			{...rest}
			class={`select truncate ${extra ?? ""}`}
			value={value}
			onChange={(event) => onPick(event.currentTarget.value)}
		>
			{countries().map((country) => (
				<option key={country.code} value={country.code}>
					{calling ? `+${country.calling} ` : ""}
					{country.name}
				</option>
			))}
		</select>
	);
}
