import { FileSpreadsheet } from "lucide-preact";
import { Action } from "../../kit/Action";
import { CountrySelect } from "../../kit/CountrySelect";
import { Field } from "../../kit/Field";
import { FileDrop } from "../../kit/FileDrop";
import { later } from "../../kit/later";
import { listsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { counted } from "../../lib/words";
import { type Choice, nameFrom } from "./run";

// They come with the file.
const Columns = later(() => import("./Columns").then((part) => part.Columns), <div class="card h-52" />);

interface Props {
	choice: Choice;
	set: (change: Partial<Choice>) => void;
	onRun: () => void;
}

/** Which file, onto which list, and where its national numbers belong. */
export function ImportChoice({ choice, set, onRun }: Props) {
	const lists = useRead(listsQuery);
	const { file, listId, columns } = choice;
	const noPhone = columns !== null && !columns.includes("phone");
	if (!file)
		return (
			<>
				<FileDrop
					title="Drop a CSV file here"
					hint="Up to a million rows. Any delimiter, with or without a header"
					accept=".csv,.tsv,.txt,text/csv,text/plain"
					onFile={(chosen) => set({ file: chosen, columns: null })}
				/>
				<p class="text-muted text-sm text-pretty">
					One column must hold phone numbers. Names, e-mail, company, tags, country and time zone are recognised by
					their headings in several languages, and you can say otherwise before anything is sent. A row that cannot be
					used costs no other row.
				</p>
			</>
		);
	return (
		<form
			class="flex flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				if (!noPhone) onRun();
			}}
		>
			<div class="card flex items-center gap-3 p-4">
				<FileSpreadsheet size={22} class="text-primary flex-none" aria-hidden />
				<div class="min-w-0 flex-1">
					<p class="truncate font-medium">{file.name}</p>
					<p class="text-muted num text-xs">{sizeWord(file.size)}</p>
				</div>
				<button type="button" class="btn btn-quiet btn-sm" onClick={() => set({ file: null })}>
					Another file
				</button>
			</div>
			<Columns file={file} choice={choice} set={set} />
			<div class="card grid gap-4 p-4 sm:grid-cols-2">
				<Field label="Onto the list">
					<select class="select" value={listId} onChange={(event) => set({ listId: event.currentTarget.value })}>
						<option value="">A new list</option>
						{lists.data?.map((list) => (
							<option key={list.id} value={list.id}>
								{list.name} ({counted(list.contactCount, "contact")})
							</option>
						))}
					</select>
				</Field>
				{listId === "" && (
					<Field label="Name of the new list">
						<input
							class="input"
							maxLength={200}
							placeholder={nameFrom(file)}
							value={choice.listName}
							onInput={(event) => set({ listName: event.currentTarget.value })}
						/>
					</Field>
				)}
				<Field
					label="Country of numbers without a country code"
					hint="A column of countries in the file goes before it."
				>
					<CountrySelect calling value={choice.country} onPick={(country) => set({ country })} />
				</Field>
			</div>
			<div class="flex justify-end">
				<Action type="submit" disabled={noPhone}>
					Import contacts
				</Action>
			</div>
		</form>
	);
}

function sizeWord(bytes: number): string {
	const kilo = bytes / 1024;
	const [value, unit] = kilo < 1024 ? [kilo, "kilobyte"] : [kilo / 1024, "megabyte"];
	return new Intl.NumberFormat("en", { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
