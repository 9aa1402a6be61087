import { useSignal } from "@preact/signals";
import { Ban, Upload } from "lucide-preact";
import { Action } from "../kit/Action";
import { Empty } from "../kit/Empty";
import { More } from "../kit/More";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { UploadBar } from "../kit/UploadBar";
import { api, said } from "../lib/api";
import { changed } from "../lib/cache";
import { homeCountry } from "../lib/countries";
import { reasonOf } from "../lib/refusal";
import { send } from "../lib/send";
import { tell, tellTrouble } from "../lib/toasts";
import { useDoing } from "../lib/use-doing";
import { useReadPages } from "../lib/use-read";
import type { DoNotCallEntry, DoNotCallReport } from "../lib/wire";
import { counted, day } from "../lib/words";

const SOURCES: Record<string, string> = {
	do_not_call: "entered by you",
	keypress: "pressed 9 in a call",
	sms: "texted STOP",
	carrier: "told the carrier",
	webform: "said so in a form",
	spoken: "said so in a call",
};
const SCOPES = { all: "calls and texts", calls: "calls", messages: "texts" };

/** Who is left in peace: entered one by one or from a file, and everybody who asked for it. */
export function DoNotCallPage() {
	const entries = useReadPages({
		key: ["do-not-call"],
		read: (cursor) => said(api["do-not-call"].$get({ query: { limit: "50", ...(cursor ? { cursor } : {}) } })),
	});
	return (
		<div class="flex max-w-4xl flex-col gap-6">
			<div class="grid gap-4 md:grid-cols-2">
				<AddOne />
				<AddFile />
			</div>
			{entries.isPending && <RowsSkeleton rows={6} columns={3} label="Loading the list" />}
			{entries.isError && <Trouble what="The list did not load." error={entries.error} again={entries.again} />}
			{entries.data && entries.items.length === 0 && (
				<div class="card">
					<Empty icon={Ban} title="Nobody yet">
						Whoever presses 9 or texts STOP stands here by itself, and no import or list brings them back.
					</Empty>
				</div>
			)}
			{entries.items.length > 0 && (
				<ul class="card divide-y divide-[var(--line)] overflow-hidden" aria-label="Numbers on the list">
					{entries.items.map((entry) => (
						<Line key={entry.id} entry={entry} />
					))}
				</ul>
			)}
			<More of={entries} class="text-center">
				Show more
			</More>
		</div>
	);
}

function Line({ entry }: { entry: DoNotCallEntry }) {
	const { doing, go } = useDoing<"remove">();
	async function remove() {
		await said(api["do-not-call"][":id"].$delete({ param: { id: entry.id }, query: {} }));
		await changed("do-not-call");
		tell(`${entry.formatted} may be called again.`);
	}
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
			<span class="phone w-44 font-medium">{entry.formatted}</span>
			<span class="text-muted">
				{SCOPES[entry.scope]}, {SOURCES[entry.source] ?? entry.source} on {day(entry.createdAt)}
			</span>
			{entry.removable ? (
				<Action
					look="btn-ghost btn-sm"
					class="ms-auto"
					busy={doing.value !== null}
					busyWord="Removing…"
					onClick={() => go("remove", remove)}
				>
					Remove<span class="sr-only"> {entry.formatted}</span>
				</Action>
			) : (
				<span class="text-muted ms-auto text-xs">Only they can end it</span>
			)}
		</li>
	);
}

function AddOne() {
	const number = useSignal("");
	const trouble = useSignal("");
	const busy = useSignal(false);
	async function add(event: Event) {
		event.preventDefault();
		busy.value = true;
		trouble.value = "";
		try {
			const json = { phoneNumber: number.value, country: homeCountry() };
			const added = await said(api["do-not-call"].$post({ json }));
			number.value = "";
			await changed("do-not-call");
			tell(`${added.formatted} is never called or texted.`);
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<form class="card flex flex-col gap-3 p-4" onSubmit={add}>
			<label class="flex flex-col gap-1.5 text-sm font-medium">
				Add a number
				<input
					class="input phone w-full"
					type="tel"
					autocomplete="off"
					aria-invalid={!!trouble.value}
					value={number.value}
					onInput={(event) => {
						number.value = event.currentTarget.value;
					}}
				/>
			</label>
			{trouble.value && (
				<p class="text-error text-sm" role="alert">
					{trouble}
				</p>
			)}
			<Action
				type="submit"
				class="self-start"
				busy={busy.value}
				busyWord="Adding…"
				disabled={number.value.trim() === ""}
			>
				Never call this number
			</Action>
		</form>
	);
}

function AddFile() {
	const sending = useSignal<{ name: string; part: number } | null>(null);
	const report = useSignal<DoNotCallReport | null>(null);
	async function upload(file: File | undefined) {
		if (!file) return;
		sending.value = { name: file.name, part: 0 };
		try {
			report.value = await send<DoNotCallReport>(
				`/api/do-not-call/import?country=${homeCountry()}`,
				file,
				(part) => {
					sending.value = { name: file.name, part };
				},
				"text/csv",
			);
			await changed("do-not-call");
		} catch (error) {
			tellTrouble(error);
		} finally {
			sending.value = null;
		}
	}
	return (
		<div class="card flex flex-col gap-3 p-4">
			<p class="text-sm font-medium">Add many from a file</p>
			<p class="text-muted text-sm">A CSV with a column of numbers. Those on the list already stay as they are.</p>
			<label class="btn btn-quiet has-focus-visible:outline-primary self-start has-focus-visible:outline-2 has-focus-visible:outline-offset-2">
				<Upload size={15} aria-hidden /> Choose a CSV file
				<input
					type="file"
					class="sr-only"
					accept=".csv,.txt,text/csv,text/plain"
					onChange={(event) => void upload(event.currentTarget.files?.[0])}
				/>
			</label>
			{sending.value && <UploadBar name={sending.value.name} part={sending.value.part} />}
			{report.value && (
				<div class="text-sm" role="status">
					{counted(report.value.rowsAdded, "number")} added, {counted(report.value.rowsKnown, "number")} known,{" "}
					{counted(report.value.rowsBad, "row")} without a number.
					<ul class="text-muted mt-1 max-h-40 overflow-y-auto">
						{report.value.errors.map(({ line, value, message }) => (
							<li key={line}>
								Line {line}: {value ? `“${value}”. ` : ""}
								{message}.
							</li>
						))}
					</ul>
				</div>
			)}
		</div>
	);
}
