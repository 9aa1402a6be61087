import { useSignal } from "@preact/signals";
import { later } from "../kit/later";
import { Trouble } from "../kit/Trouble";
import { homeCountry } from "../lib/countries";
import type { ImportReport } from "../lib/wire";
import { ImportChoice } from "./import/ImportChoice";
import { type Choice, importFile, type Stage } from "./import/run";

// What is only seen once a file is chosen.
const ImportProgress = later(() => import("./import/ImportProgress").then((part) => part.ImportProgress));
const ImportResult = later(() => import("./import/ImportResult").then((part) => part.ImportResult));

/** A CSV file becomes contacts on a list: choose, watch, read what did not work. */
export function ImportPage() {
	const choice = useSignal<Choice>({
		file: null,
		listId: new URLSearchParams(location.search).get("list") ?? "",
		listName: "",
		country: homeCountry(),
	});
	const stage = useSignal<Stage | null>(null);
	const report = useSignal<ImportReport | null>(null);
	const trouble = useSignal<unknown>(null);

	async function run() {
		trouble.value = null;
		stage.value = { sent: 0, rowsRead: 0 };
		try {
			report.value = await importFile(choice.value, {
				onList: (listId) => {
					// A second try must not open a second list.
					choice.value = { ...choice.value, listId };
				},
				onStage: (next) => {
					stage.value = next;
				},
			});
		} catch (error) {
			trouble.value = error;
		} finally {
			stage.value = null;
		}
	}

	if (report.value)
		return (
			<ImportResult
				report={report.value}
				onChange={(next) => {
					report.value = next;
				}}
				onAnother={() => {
					choice.value = { ...choice.value, file: null };
					report.value = null;
				}}
			/>
		);
	return (
		<div class="flex max-w-3xl flex-col gap-4">
			{trouble.value !== null && (
				<Trouble
					what="The import did not finish. What was read is on the list; the same file can be sent again."
					error={trouble.value}
				/>
			)}
			{stage.value ? (
				<ImportProgress name={choice.value.file?.name ?? ""} stage={stage.value} />
			) : (
				<ImportChoice
					choice={choice.value}
					set={(change) => {
						choice.value = { ...choice.value, ...change };
					}}
					onRun={run}
				/>
			)}
		</div>
	);
}
