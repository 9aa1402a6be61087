import { Megaphone, Pencil } from "lucide-preact";
import type { Segment } from "../../lib/wire";

/** Which saved filter it is that people meet. */
export function SegmentHead({ segment: { id, name } }: { segment: Segment }) {
	return (
		<div class="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
			<div class="me-auto min-w-0">
				<h2 class="truncate text-lg">{name}</h2>
				<p class="text-muted text-sm">Whoever meets this filter now.</p>
			</div>
			<a class="btn btn-ghost btn-sm" href={`/contacts/segments?id=${encodeURIComponent(id)}`}>
				<Pencil size={15} aria-hidden /> Change
			</a>
			<a class="btn btn-quiet btn-sm" href={`/campaigns/new?list=${encodeURIComponent(id)}`}>
				<Megaphone size={15} aria-hidden /> Call them
			</a>
		</div>
	);
}
