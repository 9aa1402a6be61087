import { useSignal } from "@preact/signals";
import { Download } from "lucide-preact";
import { Action } from "../../kit/Action";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { homeCountry } from "../../lib/countries";
import { saveAs } from "../../lib/download";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ImportReport } from "../../lib/wire";
import { counted } from "../../lib/words";
import { type Fix, Reasons } from "./Reasons";

interface Props {
	report: ImportReport;
	onChange: (report: ImportReport) => void;
}

/** The rows that could not be used: mended one by one, all of a kind at once, or in the file. */
export function BadRows({ report, onChange }: Props) {
	const busy = useSignal(false);
	const typed = useSignal<Record<number, string>>({});
	const param = { id: report.contactListId, importId: report.importId };
	const more = report.rowsBad - report.errors.length;
	const rows = Object.entries(typed.value).map(([line, phoneNumber]) => ({ line: Number(line), phoneNumber }));
	const mend = (json: Parameters<Mend>[0]["json"]) =>
		said(api["contact-lists"][":id"].imports[":importId"].mend.$post({ param, json }));

	async function mending(work: () => Promise<number>) {
		busy.value = true;
		try {
			const mended = await work();
			typed.value = {};
			await changed("lists", "contacts", "imports");
			tell(mended ? `${counted(mended, "row")} mended.` : "Still no number that can be dialed.");
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}

	const mendTyped = () =>
		mending(async () => {
			const after = await mend({ rows, country: homeCountry() });
			onChange({ ...report, ...after });
			return after.mended;
		});

	// The server reads some thousands again at a time.
	const mendAll = (fix: Fix) =>
		mending(async () => {
			let mended = 0;
			for (let after = 0, more = true; more; ) {
				const answer = await mend({ ...fix, after });
				mended += answer.mended;
				onChange({ ...report, ...answer });
				more = answer.nextLine !== null;
				after = answer.nextLine ?? after;
			}
			return mended;
		});

	return (
		<section aria-labelledby="bad-rows">
			<div class="mb-3 flex flex-wrap items-center gap-3">
				<div class="me-auto">
					<h2 id="bad-rows" class="text-lg">
						Rows that could not be used
					</h2>
					<p class="text-muted text-sm">
						Mend them here, or in the file: what is on the list already is left as it is.
					</p>
				</div>
				<Action
					look="btn-quiet"
					onClick={() =>
						saveAs(`/api/contact-lists/${param.id}/imports/${param.importId}/errors.csv`, "rows-to-mend.csv").catch(
							tellTrouble,
						)
					}
				>
					<Download size={15} aria-hidden /> These rows as CSV
				</Action>
			</div>
			<Reasons reasons={report.reasons} busy={busy.value} onFix={mendAll} />
			<form
				class="card overflow-hidden"
				onSubmit={(event) => {
					event.preventDefault();
					if (rows.length > 0) void mendTyped();
				}}
			>
				<table class="table max-sm:[&_:is(tbody,tr,td)]:block max-sm:[&_td]:w-full">
					<thead class="max-sm:sr-only">
						<tr>
							<th scope="col" class="text-end max-sm:hidden">
								Line
							</th>
							<th scope="col">Number</th>
							<th scope="col">Why not</th>
						</tr>
					</thead>
					<tbody>
						{report.errors.map((error) => (
							<tr key={error.line}>
								<td class="w-0 text-end max-sm:hidden">{error.line}</td>
								<td class="w-56">
									<input
										class="input input-sm w-full font-mono"
										aria-label={`Number in line ${error.line}`}
										placeholder="(empty)"
										value={typed.value[error.line] ?? error.value}
										onInput={(event) => {
											typed.value = { ...typed.value, [error.line]: event.currentTarget.value };
										}}
									/>
								</td>
								<td class="text-sm">
									{error.message}
									<span class="text-muted block max-w-72 truncate text-xs">
										{error.cells.filter(Boolean).join(" · ")}
									</span>
								</td>
							</tr>
						))}
					</tbody>
				</table>
				<div class="line flex flex-wrap items-center justify-end gap-3 border-t p-3">
					{more > 0 && (
						<p class="text-muted me-auto text-sm">And {counted(more, "more row")}, all of them in the CSV.</p>
					)}
					<Action type="submit" busy={busy.value} busyWord="Reading again…" disabled={rows.length === 0}>
						{rows.length > 0 ? `Save ${counted(rows.length, "row")}` : "Save the mended"}
					</Action>
				</div>
			</form>
		</section>
	);
}

type Mend = (typeof api)["contact-lists"][":id"]["imports"][":importId"]["mend"]["$post"];
