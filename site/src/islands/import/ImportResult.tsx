import { useSignal } from "@preact/signals";
import { CircleCheck, Megaphone, Undo2 } from "lucide-preact";
import { Action } from "../../kit/Action";
import { later } from "../../kit/later";
import type { ImportReport } from "../../lib/wire";
import { count, counted } from "../../lib/words";

const TakeBack = later(() => import("./TakeBack").then((part) => part.TakeBack));
const BadRows = later(() => import("./BadRows").then((part) => part.BadRows));

interface Props {
	report: ImportReport;
	onChange: (report: ImportReport) => void;
	onAnother: () => void;
}

/** What became of every row. */
export function ImportResult({ report, onChange, onAnother }: Props) {
	const asking = useSignal(false);
	const list = encodeURIComponent(report.contactListId);
	const figures = [
		["Rows read", report.rowsRead],
		["Added to the list", report.rowsAdded],
		["On it already", report.rowsKnown],
		["Not usable", report.rowsBad],
	] as const;
	return (
		<div class="flex max-w-4xl flex-col gap-5">
			<section class="card overflow-hidden" aria-label="Result">
				<div class="flex flex-wrap items-center gap-3 p-5">
					<CircleCheck size={22} class="text-success" aria-hidden />
					<h2 class="text-lg">
						{report.undoneAt
							? "Taken back: nothing of this file is left"
							: `${counted(report.rowsAdded, "contact")} added`}
					</h2>
					<div class="ms-auto flex flex-wrap gap-2">
						{report.undoUntil && (
							<Action
								look="btn-ghost"
								onClick={() => {
									asking.value = true;
								}}
							>
								<Undo2 size={15} aria-hidden /> Take it back
							</Action>
						)}
						<Action look="btn-quiet" onClick={onAnother}>
							Import another file
						</Action>
						<a class="btn btn-quiet" href={`/contacts?list=${list}`}>
							Open the list
						</a>
						<a class="btn btn-primary" href={`/campaigns/new?list=${list}`}>
							<Megaphone size={15} aria-hidden /> Call this list
						</a>
					</div>
				</div>
				<dl class="line grid grid-cols-2 gap-px border-t bg-[var(--line)] sm:grid-cols-4">
					{figures.map(([word, value]) => (
						<div key={word} class="bg-base-100 flex flex-col px-5 py-3">
							<dt class="text-muted text-xs font-medium">{word}</dt>
							<dd class={`num text-2xl font-semibold ${word === "Not usable" && value > 0 ? "text-warning-ink" : ""}`}>
								{count(value)}
							</dd>
						</div>
					))}
				</dl>
			</section>
			{report.rowsBad > 0 && !report.undoneAt && <BadRows report={report} onChange={onChange} />}
			{asking.value && (
				<TakeBack
					imported={report}
					onDone={(after) => onChange({ ...report, ...after })}
					onClose={() => {
						asking.value = false;
					}}
				/>
			)}
		</div>
	);
}
