import { useSignal } from "@preact/signals";
import { Undo2, Wrench } from "lucide-preact";
import { Action } from "../../kit/Action";
import { later } from "../../kit/later";
import { RowsSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";
import type { Import, PastImport } from "../../lib/wire";
import { ago, count, counted, moment } from "../../lib/words";

const TakeBack = later(() => import("./TakeBack").then((part) => part.TakeBack));

/** Files that came in before: what became of each, to be mended, and to be taken back for a day. */
export function PastImports({ onOpen }: { onOpen: (past: Import) => void }) {
	const pages = useSignal(1);
	const asking = useSignal<Import | null>(null);
	const limit = pages.value * 10;
	const past = useRead({
		key: ["imports", limit],
		read: () => said(api.imports.$get({ query: { limit: String(limit) } })),
		keepOld: true,
	});
	if (past.isPending) return <RowsSkeleton columns={3} label="Loading past imports" />;
	if (past.isError) return <Trouble what="Past imports did not load." error={past.error} again={past.again} />;
	if (past.data.items.length === 0) return null;
	return (
		<section aria-labelledby="past" class="mt-4">
			<h2 id="past" class="mb-2 text-lg">
				Past imports
			</h2>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{past.data.items.map((one) => (
					<Line
						key={one.importId}
						past={one}
						onOpen={() => onOpen(one)}
						onTakeBack={() => {
							asking.value = one;
						}}
					/>
				))}
			</ul>
			{past.data.nextCursor && limit < 100 && (
				<button type="button" class="btn btn-quiet btn-sm mt-3" onClick={() => pages.value++}>
					Show older ones
				</button>
			)}
			{asking.value && (
				<TakeBack
					imported={asking.value}
					onDone={() => {}}
					onClose={() => {
						asking.value = null;
					}}
				/>
			)}
		</section>
	);
}

function Line({ past, onOpen, onTakeBack }: { past: PastImport; onOpen: () => void; onTakeBack: () => void }) {
	const name = past.filename || "A file";
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
			<div class="min-w-0 flex-1 basis-64">
				<p class="truncate font-medium">
					{name} <span class="text-muted font-normal">onto</span>{" "}
					<a class="link" href={`/contacts?list=${encodeURIComponent(past.contactListId)}`}>
						{past.listName}
					</a>
				</p>
				<p class="text-muted text-sm">
					<time dateTime={past.createdAt} title={moment(past.createdAt)}>
						{ago(past.createdAt)}
					</time>
					{", "}
					{whatBecame(past)}
				</p>
			</div>
			{past.status === "done" && !past.undoneAt && past.rowsBad > 0 && (
				<Action look="btn-quiet btn-sm" onClick={onOpen}>
					<Wrench size={14} aria-hidden /> Mend {counted(past.rowsBad, "row")}
					<span class="sr-only"> of {name}</span>
				</Action>
			)}
			{past.undoUntil && (
				<Action look="btn-ghost btn-sm" title={`Until ${moment(past.undoUntil)}`} onClick={onTakeBack}>
					<Undo2 size={14} aria-hidden /> Take back<span class="sr-only"> {name}</span>
				</Action>
			)}
		</li>
	);
}

function whatBecame({ status, undoneAt, rowsAdded, rowsKnown, rowsRead, failure }: PastImport): string {
	if (undoneAt) return `taken back ${ago(undoneAt)}`;
	if (status === "running") return `under way: ${counted(rowsRead, "row")} so far`;
	if (status === "failed") return `stopped after ${counted(rowsRead, "row")}. ${failure ?? ""}`;
	return `${counted(rowsAdded, "contact")} added, ${count(rowsKnown)} known before`;
}
