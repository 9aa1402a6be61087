import { Field } from "../../kit/Field";

interface ChoiceProps {
	label: string;
	list: Map<string, string>;
	value: string;
	none: { word: string; href: string; way: string };
	onPick: (id: string) => void;
}

/** One of the account's own things, or the way to make the first. */
export function Choice({ label, list, value, none, onPick }: ChoiceProps) {
	if (list.size === 0 && !value)
		return (
			<p class="text-sm">
				<span class="text-muted">{none.word}</span>{" "}
				<a class="link" href={none.href}>
					{none.way}
				</a>
			</p>
		);
	return (
		<Field label={label}>
			<select class="select" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
				<option value="">Choose…</option>
				{[...list].map(([id, word]) => (
					<option key={id} value={id}>
						{word}
					</option>
				))}
			</select>
		</Field>
	);
}
