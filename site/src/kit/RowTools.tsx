import { Pencil, Trash2 } from "lucide-preact";

interface Props {
	/** What the row is about. */
	name: string;
	/** The word for changing it. */
	change?: string;
	onChange: () => void;
	onDelete: () => void;
}

/** The two buttons at the end of a row: change it, delete it. */
export function RowTools({ name, change = "Change", onChange, onDelete }: Props) {
	return (
		<>
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square"
				title={change}
				aria-label={`${change} ${name}`}
				onClick={onChange}
			>
				<Pencil size={15} aria-hidden />
			</button>
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square hover:text-error"
				title="Delete"
				aria-label={`Delete ${name}`}
				onClick={onDelete}
			>
				<Trash2 size={15} aria-hidden />
			</button>
		</>
	);
}
