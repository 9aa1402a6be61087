import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const ROWS = 5;
const COLUMNS = 6;
const SAMPLE_BYTES = 64 * 1024;

/** The first rows as they will be read, so that a wrong file is noticed before it is sent. */
export function Preview({ file }: { file: File }) {
	const rows = useSignal<string[][] | null>(null);
	useEffect(() => {
		let current = true;
		void firstRows(file).then((read) => {
			if (current) rows.value = read;
		});
		return () => {
			current = false;
		};
	}, [file]);
	if (!rows.value?.length) return null;
	const width = Math.max(...rows.value.map((row) => row.length));
	return (
		<figure class="card overflow-hidden">
			<figcaption class="text-muted line border-b px-4 py-2 text-xs font-medium">
				The first rows{width > COLUMNS ? `, ${COLUMNS} of ${width} columns` : ""}
			</figcaption>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard */}
			<section class="scroll-x" tabIndex={0} aria-label="First rows of the file">
				<table class="table">
					<tbody>
						{rows.value.map((row, line) => (
							<tr key={line}>
								{row.slice(0, COLUMNS).map((cell, column) => (
									<td key={column} class={`max-w-44 truncate whitespace-nowrap ${line === 0 ? "font-medium" : ""}`}>
										{cell}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</figure>
	);
}

async function firstRows(file: File): Promise<string[][]> {
	const { default: Papa } = await import("papaparse");
	const text = await file.slice(0, SAMPLE_BYTES).text();
	return Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { preview: ROWS, skipEmptyLines: true }).data;
}
