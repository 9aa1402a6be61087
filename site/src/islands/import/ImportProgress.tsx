import { Bar } from "../../kit/Bar";
import { count } from "../../lib/words";
import type { Stage } from "./run";

/** The file on its way. The page must stay open until it has all been sent. */
export function ImportProgress({ name, stage }: { name: string; stage: Stage }) {
	const sent = Math.round(stage.sent * 100);
	return (
		<section class="card p-5" aria-label="Import">
			<p class="mb-2.5 flex justify-between gap-4">
				<span class="truncate font-medium">Importing {name}</span>
				<span class="num text-muted flex-none">{sent}%</span>
			</p>
			<Bar value={sent} label={`Sending ${name}`} />
			<p class="text-muted mt-2.5 text-sm" role="status">
				{stage.rowsRead > 0 ? `${count(stage.rowsRead)} rows stored so far.` : "Reading the file."} Keep this page open
				until it is done; a file that was cut off can be sent again.
			</p>
		</section>
	);
}
