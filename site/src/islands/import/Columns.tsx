import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Bar } from "../../kit/Bar";
import { Trouble } from "../../kit/Trouble";
import { count, counted, country as countryName } from "../../lib/words";
import { given, guess, HOLDS, type Holds } from "./columns";
import { type Look, type News, readBeside } from "./reading";
import type { Choice } from "./run";

interface Props {
	file: File;
	choice: Choice;
	set: (change: Partial<Choice>) => void;
}

const EXAMPLES = 3;

/** What each column holds: guessed, shown with examples, and to be changed; and what the numbers of the whole file look like. */
export function Columns({ file, choice, set }: Props) {
	const rows = useSignal<string[][] | null>(null);
	const names = useSignal<string[]>([]);
	const look = useSignal<Look | null>(null);
	const trouble = useSignal<unknown>(null);
	const { columns, header, country } = choice;
	const phone = columns?.indexOf("phone") ?? -1;

	useEffect(() => {
		let current = true;
		async function begin(news: News) {
			if (news.kind !== "sample") throw new Error("this file cannot be read");
			const guessed = news.rows.length > 0 ? await guess(news.rows) : { columns: [], header: false };
			if (!current) return;
			rows.value = news.rows;
			names.value = guessed.columns.map(({ name }) => name);
			set({ columns: guessed.columns.map(({ holds }) => holds), header: guessed.header });
		}
		const stop = readBeside({ file, phone: null, header: false }, (news) => {
			begin(news).catch((error) => {
				if (current) trouble.value = error;
			});
		});
		return () => {
			current = false;
			stop();
		};
	}, [file]);

	useEffect(() => {
		look.value = null;
		if (phone < 0) return;
		return readBeside({ file, phone, header }, (news) => {
			if (news.kind === "counts") look.value = news;
		});
	}, [file, phone, header]);

	if (trouble.value !== null)
		return (
			<Trouble what="The columns could not be looked at. The import will guess what they hold." error={trouble.value} />
		);
	if (!rows.value || !columns) return <div class="card h-52" role="status" aria-label="Reading the first rows" />;
	if (rows.value.length === 0) return <p class="notice notice-warn">There is nothing in this file.</p>;
	const below = header ? rows.value.slice(1) : rows.value;
	return (
		<section class="card overflow-hidden" aria-labelledby="columns">
			<div class="flex flex-wrap items-center gap-x-6 gap-y-2 p-4">
				<h2 id="columns" class="me-auto text-base">
					What the columns hold
				</h2>
				<label class="flex items-center gap-2 text-sm">
					<input
						type="checkbox"
						class="checkbox checkbox-sm"
						checked={header}
						onChange={(event) => set({ header: event.currentTarget.checked })}
					/>
					The first row names them
				</label>
			</div>
			<section
				class="scroll-x line max-h-[28rem] overflow-y-auto border-t"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keyboard
				tabIndex={0}
				aria-label="First rows of the file"
			>
				<table class="table">
					<thead>
						<tr>
							<th scope="col">Column</th>
							<th scope="col" class="max-sm:hidden">
								For example
							</th>
							<th scope="col">Holds</th>
						</tr>
					</thead>
					<tbody>
						{columns.map((holds, at) => (
							<Column
								key={at}
								name={header ? (names.value[at] ?? `Column ${at + 1}`) : `Column ${at + 1}`}
								examples={below.map((row) => row[at]?.trim() ?? "").filter(Boolean)}
								holds={holds}
								pick={(next) => set({ columns: given(columns, at, next) })}
							/>
						))}
					</tbody>
				</table>
			</section>
			<div class="line border-t p-4">
				{phone < 0 ? (
					<p class="text-error text-sm" role="alert">
						Say which column holds the phone numbers.
					</p>
				) : (
					<Numbers look={look.value} country={country} />
				)}
			</div>
		</section>
	);
}

interface ColumnProps {
	name: string;
	examples: string[];
	holds: Holds;
	pick: (holds: Holds) => void;
}

function Column({ name, examples, holds, pick }: ColumnProps) {
	const shown = examples.slice(0, EXAMPLES).join(" · ");
	return (
		<tr class={holds === "ignore" ? "opacity-75" : ""}>
			<th scope="row" class="max-w-40 truncate font-medium">
				{name}
				<span class="text-muted block truncate text-xs font-normal sm:hidden">{shown}</span>
			</th>
			<td class="text-muted max-w-64 truncate text-sm max-sm:hidden">{shown}</td>
			<td class="w-48">
				<select
					class="select select-sm w-full"
					aria-label={`What ${name} holds`}
					value={holds}
					onChange={(event) => {
						const picked = HOLDS.find(([word]) => word === event.currentTarget.value);
						if (picked) pick(picked[0]);
					}}
				>
					{HOLDS.map(([word, label]) => (
						<option key={word} value={word}>
							{label}
						</option>
					))}
				</select>
			</td>
		</tr>
	);
}

/** What the numbers of the file look like; the import checks each of them. */
function Numbers({ look, country }: { look: Look | null; country: string }) {
	if (!look) return <p class="text-muted text-sm">Reading the file…</p>;
	const { counts, part, done } = look;
	const where = countryName(country);
	const lines: [number, string][] = [
		[counts.international, "with a country code"],
		[counts.national, `without one, taken for ${where}`],
		[counts.repeated, "that came before in this file: one contact each"],
		[counts.empty, "without a number"],
		[counts.odd, "with something that is no phone number"],
		[counts.shortened, "shortened by a spreadsheet: format the column as text there, and export it again"],
	];
	return (
		<div class="flex flex-col gap-2">
			<p class="text-sm font-medium" role="status">
				{counted(counts.rows, "row")}
				{done ? "" : " so far"}
			</p>
			{!done && <Bar slim value={part * 100} label="Reading the file" />}
			<ul class="text-muted flex flex-col gap-0.5 text-sm">
				{lines
					.filter(([rows]) => rows > 0)
					.map(([rows, words]) => (
						<li key={words}>
							<span class="num text-base-content font-medium">{count(rows)}</span> {words}
						</li>
					))}
			</ul>
		</div>
	);
}
