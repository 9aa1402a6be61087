interface Props {
	people: { id: string; name: string }[];
	chosen: string[];
	onChoose: (ids: string[]) => void;
	/** Says who comes first, second and so on. */
	inOrder?: boolean;
}

/** People to be ticked, in the order in which they are. */
export function PeopleChoice({ people, chosen, onChoose, inOrder = false }: Props) {
	function choose(id: string, on: boolean) {
		const rest = chosen.filter((one) => one !== id);
		onChoose(on ? [...rest, id] : rest);
	}
	return (
		<div class="grid gap-1">
			{people.map(({ id, name }) => (
				<label key={id} class="flex min-h-8 items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-primary"
						checked={chosen.includes(id)}
						onChange={(event) => choose(id, event.currentTarget.checked)}
					/>
					{name}
					{inOrder && chosen.length > 1 && chosen.includes(id) && (
						<span class="text-muted num">{chosen.indexOf(id) + 1}</span>
					)}
				</label>
			))}
		</div>
	);
}
