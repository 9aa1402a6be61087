import { CircleCheck, Download, Megaphone } from "lucide-preact";
import { Action } from "../../kit/Action";
import { saveAs } from "../../lib/download";
import { tellTrouble } from "../../lib/toasts";
import type { ImportReport } from "../../lib/wire";
import { count, counted } from "../../lib/words";

interface Props {
	report: ImportReport;
	onAnother: () => void;
}

/** What became of every row. */
export function ImportResult({ report, onAnother }: Props) {
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
					<h2 class="text-lg">{counted(report.rowsAdded, "contact")} added</h2>
					<div class="ms-auto flex flex-wrap gap-2">
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
			{report.rowsBad > 0 && <BadRows report={report} />}
		</div>
	);
}

function BadRows({ report }: { report: ImportReport }) {
	const path = `/api/contact-lists/${report.contactListId}/imports/${report.importId}/errors.csv`;
	const more = report.rowsBad - report.errors.length;
	return (
		<section aria-labelledby="bad-rows">
			<div class="mb-3 flex flex-wrap items-center gap-3">
				<div class="me-auto">
					<h2 id="bad-rows" class="text-lg">
						Rows that could not be used
					</h2>
					<p class="text-muted text-sm">
						Mend them in the file and send it again: what is on the list already is left as it is.
					</p>
				</div>
				<Action look="btn-quiet" onClick={() => saveAs(path, "rows-to-mend.csv").catch(tellTrouble)}>
					<Download size={15} aria-hidden /> These rows as CSV
				</Action>
			</div>
			<div class="card overflow-hidden">
				<table class="table">
					<thead>
						<tr>
							<th scope="col" class="text-end">
								Line
							</th>
							<th scope="col">What it says</th>
							<th scope="col">Why not</th>
						</tr>
					</thead>
					<tbody>
						{report.errors.map((error) => (
							<tr key={error.line}>
								<td class="w-0 text-end">{error.line}</td>
								<td class="max-w-40 truncate font-mono text-xs">
									{error.value || <span class="text-muted">(empty)</span>}
								</td>
								<td>{error.message}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{more > 0 && <p class="text-muted mt-3 text-sm">And {counted(more, "more row")}, all of them in the CSV.</p>}
		</section>
	);
}
