import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { later } from "../kit/later";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { homeCountry } from "../lib/countries";
import type { ImportReport } from "../lib/wire";
import { ImportChoice } from "./import/ImportChoice";
import { type Choice, importFile, type Stage } from "./import/run";

// What is only seen once a file is chosen.
const ImportProgress = later(() => import("./import/ImportProgress").then((part) => part.ImportProgress));
const PastImports = later(() => import("./import/PastImports").then((part) => part.PastImports));
const ImportResult = later(() => import("./import/ImportResult").then((part) => part.ImportResult));

/** A CSV file becomes contacts on a list: choose, watch, read what did not work. */
export function ImportPage() {
	const choice = useSignal<Choice>({
		file: null,
		listId: new URLSearchParams(location.search).get("list") ?? "",
		listName: "",
		country: homeCountry(),
		columns: null,
		header: true,
	});
	const stage = useSignal<Stage | null>(null);
	const report = useSignal<ImportReport | null>(null);
	const trouble = useSignal<unknown>(null);

	/** Shows what became of an import that is done already, and names it in the address. */
	async function open({ contactListId: id, importId }: { contactListId: string; importId: string }) {
		const param = { id, importId };
		try {
			const [found, bad] = await Promise.all([
				said(api["contact-lists"][":id"].imports[":importId"].$get({ param, query: {} })),
				said(api["contact-lists"][":id"].imports[":importId"].errors.$get({ param, query: { limit: "100" } })),
			]);
			show({ ...found, errors: bad.items });
		} catch (error) {
			trouble.value = error;
		}
	}
	function show(next: ImportReport) {
		report.value = next;
		history.replaceState(history.state, "", `?list=${next.contactListId}&import=${next.importId}`);
	}
	useEffect(() => {
		const query = new URLSearchParams(location.search);
		const importId = query.get("import");
		if (importId) void open({ contactListId: query.get("list") ?? "", importId });
	}, []);

	async function run() {
		trouble.value = null;
		stage.value = { sent: 0, rowsRead: 0 };
		try {
			const done = await importFile(choice.value, {
				onList: (listId) => {
					// A second try must not open a second list.
					choice.value = { ...choice.value, listId };
				},
				onStage: (next) => {
					stage.value = next;
				},
			});
			show(done);
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
					choice.value = { ...choice.value, file: null, columns: null };
					report.value = null;
					history.replaceState(history.state, "", location.pathname);
				}}
			/>
		);
	return (
		<div class="flex max-w-3xl flex-col gap-4">
			{trouble.value !== null && (
				<Trouble
					what={
						choice.value.file
							? "The import did not finish. What was read is on the list; the same file can be sent again."
							: "This import did not load."
					}
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
			{!stage.value && !choice.value.file && <PastImports onOpen={open} />}
		</div>
	);
}
