import { TriangleAlert } from "lucide-preact";
import { reasonOf } from "../lib/refusal";

interface Props {
	/** What could not be done: "The numbers did not load." */
	what: string;
	error: unknown;
	again?: () => void;
}

/** What did not work, why, and the next step. */
export function Trouble({ what, error, again }: Props) {
	return (
		<div class="notice notice-bad items-start" role="alert">
			<TriangleAlert size={16} aria-hidden />
			<div class="min-w-0 flex-1">
				<p class="font-medium">{what}</p>
				<p class="text-muted">{reasonOf(error)}</p>
			</div>
			{again && (
				<button type="button" class="btn btn-sm btn-quiet" onClick={again}>
					Try again
				</button>
			)}
		</div>
	);
}
