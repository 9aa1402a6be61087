import { useSignal } from "@preact/signals";
import { Download } from "lucide-preact";
import { Action } from "../kit/Action";
import { later } from "../kit/later";
import { RowsSkeleton, TextSkeleton } from "../kit/Skeleton";
import { saveAs } from "../lib/download";
import { tellTrouble } from "../lib/toasts";
import { CallTable } from "./calls/CallTable";
import { FilterBar } from "./calls/FilterBar";
import { type Filter, filterIn, queryOf, searchOf } from "./calls/filter";

const CallStory = later(
	() => import("./calls/CallStory").then((part) => part.CallStory),
	<div class="card p-6">
		<h1 class="sr-only">Call</h1>
		<TextSkeleton lines={6} label="Loading the call" />
	</div>,
);
const Voicemails = later(
	() => import("./calls/Voicemails").then((part) => part.Voicemails),
	<RowsSkeleton rows={4} columns={2} label="Loading messages" />,
);

const NO_FILTER = filterIn("");

/** All calls, the messages that callers left, or the one call that the address names. */
export function CallsPage() {
	const asked = new URLSearchParams(location.search);
	const id = asked.get("id");
	const part = asked.get("part") === "voicemail" ? "voicemail" : "log";
	if (id) return <CallStory id={id} />;
	return (
		<>
			<header class="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Calls
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">Who called whom, and what became of it.</p>
				</div>
				<nav class="flex gap-1" aria-label="Parts">
					<Tab href="/calls" word="Call log" current={part === "log"} />
					<Tab href="/calls?part=voicemail" word="Voicemail" current={part === "voicemail"} />
				</nav>
			</header>
			{part === "voicemail" ? <Voicemails /> : <Log />}
		</>
	);
}

function Tab({ href, word, current }: { href: string; word: string; current: boolean }) {
	return (
		<a
			class={`btn ${current ? "btn-neutral" : "btn-ghost"}`}
			href={href}
			{...(current ? { "aria-current": "page" as const } : {})}
		>
			{word}
		</a>
	);
}

function Log() {
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
			<CallTable filter={filter.value} onClear={() => show(NO_FILTER)} />
			<div class="mt-4 flex justify-end">
				<Export filter={filter.value} />
			</div>
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
