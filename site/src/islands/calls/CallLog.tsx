import { useSignal } from "@preact/signals";
import { Download } from "lucide-preact";
import { Action } from "../../kit/Action";
import { saveAs } from "../../lib/download";
import { tellTrouble } from "../../lib/toasts";
import { CallTable } from "./CallTable";
import { FilterBar } from "./FilterBar";
import { type Filter, filterIn, queryOf, searchOf } from "./filter";

const NO_FILTER = filterIn("");

/** The log with its filters, which stand in the address, and the way to take it away. */
export function CallLog() {
	const filter = useSignal<Filter>(filterIn(location.search));
	function show(next: Filter) {
		filter.value = next;
		history.replaceState(history.state, "", searchOf(next) || location.pathname);
	}
	return (
		<>
			<FilterBar
				filter={filter.value}
				onFilter={(change) => show({ ...filter.peek(), ...change })}
				onClear={() => show(NO_FILTER)}
			/>
			<CallTable filter={filter.value} onClear={() => show(NO_FILTER)}>
				<div class="mt-4 flex justify-end">
					<Export filter={filter.value} />
				</div>
			</CallTable>
		</>
	);
}

function Export({ filter }: { filter: Filter }) {
	const busy = useSignal(false);
	async function save() {
		busy.value = true;
		const asked = new URLSearchParams(queryOf(filter)).toString();
		await saveAs(`/api/calls/export.csv${asked && `?${asked}`}`, "calls.csv").catch(tellTrouble);
		busy.value = false;
	}
	return (
		<Action look="btn-quiet btn-sm" busy={busy.value} busyWord="Exporting…" onClick={save}>
			<Download size={15} aria-hidden /> Export CSV
		</Action>
	);
}
