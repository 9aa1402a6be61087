import type { Signal } from "@preact/signals";

interface Props {
	people: { id: string; name: string }[];
	chosen: Signal<string[]>;
	/** Says who comes first, second and so on. */
	inOrder?: boolean;
}

/** People to be ticked, in the order in which they are. */
export function PeopleChoice({ people, chosen, inOrder = false }: Props) {
	function choose(id: string, on: boolean) {
		const rest = chosen.value.filter((one) => one !== id);
		chosen.value = on ? [...rest, id] : rest;
	}
	return (
		<div class="grid gap-1">
			{people.map(({ id, name }) => (
				<label key={id} class="flex min-h-8 items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						checked={chosen.value.includes(id)}
						onChange={(event) => choose(id, event.currentTarget.checked)}
					/>
					{name}
					{inOrder && chosen.value.length > 1 && chosen.value.includes(id) && (
						<span class="text-muted num">{chosen.value.indexOf(id) + 1}</span>
					)}
				</label>
			))}
		</div>
	);
}
