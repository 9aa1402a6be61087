import { useSignal } from "@preact/signals";
import { Filter } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { segmentsQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { SegmentForm } from "./segments/SegmentForm";
import { SegmentLine } from "./segments/SegmentLine";

/** Saved filters over contacts: made, looked into, changed, called, removed. */
export function SegmentsPage() {
	const segments = useRead(segmentsQuery);
	const editing = useSignal(new URLSearchParams(location.search).get("id"));
	const edited = segments.data?.find(({ id }) => id === editing.value) ?? null;
	const edit = (id: string | null) => {
		editing.value = id;
		history.replaceState(history.state, "", id ? `?id=${encodeURIComponent(id)}` : location.pathname);
	};
	return (
		<div class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
			<div class="lg:order-2">
				{/* One for each: what was typed for one is not left for the next. */}
				<SegmentForm key={edited?.id ?? "new"} segment={edited} onDone={() => edit(null)} />
			</div>
			<div>
				{segments.isPending && <RowsSkeleton rows={4} columns={2} label="Loading segments" />}
				{segments.isError && (
					<Trouble what="The segments did not load." error={segments.error} again={segments.again} />
				)}
				{segments.data?.length === 0 && (
					<div class="card">
						<Empty icon={Filter} title="No segments yet">
							Name what people have in common, a tag, a country, a date of consent, and call just them.
						</Empty>
					</div>
				)}
				{!!segments.data?.length && (
					<ul class="card divide-y divide-[var(--line)] overflow-hidden" aria-label="Segments">
						{segments.data.map((segment) => (
							<SegmentLine key={segment.id} segment={segment} onEdit={() => edit(segment.id)} />
						))}
					</ul>
				)}
			</div>
		</div>
	);
}
