import { useSignal } from "@preact/signals";
import { Download, Wand } from "lucide-preact";
import { Action } from "../../kit/Action";
import { CountrySelect } from "../../kit/CountrySelect";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { homeCountry } from "../../lib/countries";
import { saveAs } from "../../lib/download";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ImportReport } from "../../lib/wire";
import { counted } from "../../lib/words";

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
	const national = report.errors.filter(({ reason }) => reason === "needs_country" || reason === "unknown_country");

	async function mend(json: Parameters<Mend>[0]["json"]) {
		busy.value = true;
		try {
			const after = await said(api["contact-lists"][":id"].imports[":importId"].mend.$post({ param, json }));
			typed.value = {};
			onChange({ ...report, ...after });
			await changed("lists", "contacts");
			tell(after.mended ? `${counted(after.mended, "row")} mended.` : "Still no number that can be dialed.");
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	const rows = Object.entries(typed.value).map(([line, phoneNumber]) => ({ line: Number(line), phoneNumber }));

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
			{national[0] && (
				<FixAll
					count={national.length}
					busy={busy.value}
					onFix={(country) => mend({ reason: national[0]?.reason ?? "needs_country", country })}
				/>
			)}
			<form
				class="card overflow-hidden"
				onSubmit={(event) => {
					event.preventDefault();
					if (rows.length > 0) void mend({ rows, country: homeCountry() });
				}}
			>
				<table class="table">
					<thead>
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

function FixAll({ count, busy, onFix }: { count: number; busy: boolean; onFix: (country: string) => void }) {
	const country = useSignal(homeCountry());
	return (
		<div class="notice mb-3 flex flex-wrap items-center gap-3">
			<Wand size={17} aria-hidden />
			<p class="me-auto text-sm">{counted(count, "row has", "rows have")} a national number. They all belong to</p>
			<div class="w-56">
				<CountrySelect
					calling
					value={country.value}
					onPick={(picked) => {
						country.value = picked;
					}}
				/>
			</div>
			<Action look="btn-quiet" busy={busy} busyWord="Reading again…" onClick={() => onFix(country.value)}>
				Fix all like this
			</Action>
		</div>
	);
}
