import { Action } from "../../kit/Action";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { listsQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useDoing } from "../../lib/use-doing";
import { useRead } from "../../lib/use-read";
import type { Segment } from "../../lib/wire";
import { counted, country, day } from "../../lib/words";

/** One saved filter: what it asks for, how many meet it now, and what can be done with it. */
export function SegmentLine({ segment, onEdit }: { segment: Segment; onEdit: () => void }) {
	const { id, name } = segment;
	const { doing, go } = useDoing<"remove">();
	const people = useRead({
		key: ["contacts", "segment", id, segment.updatedAt],
		read: () => said(api.segments[":id"].contacts.$get({ param: { id }, query: { limit: "100" } })),
	});
	async function remove() {
		await said(api.segments[":id"].$delete({ param: { id }, query: {} }));
		await changed("segments");
		tell(`“${name}” is removed. Its contacts stay.`);
	}
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
			<div class="min-w-0 flex-1 basis-52">
				<p class="truncate font-medium">{name}</p>
				<p class="text-muted">{useFilterWord(segment)}</p>
			</div>
			<a class="link num" href={`/contacts?segment=${encodeURIComponent(id)}`}>
				{people.data ? howMany(people.data) : "Look at them"}
			</a>
			<a class="btn btn-quiet btn-sm" href={`/campaigns/new?list=${encodeURIComponent(id)}`}>
				Call them<span class="sr-only">: {name}</span>
			</a>
			<Action look="btn-ghost btn-sm" onClick={onEdit}>
				Change<span class="sr-only"> {name}</span>
			</Action>
			<Action
				look="btn-ghost btn-sm"
				busy={doing.value !== null}
				busyWord="Removing…"
				onClick={() => go("remove", remove)}
			>
				Remove<span class="sr-only"> {name}</span>
			</Action>
		</li>
	);
}

/** What a filter asks for, as one would say it. */
function useFilterWord({ filter }: Segment): string {
	const lists = useRead(listsQuery);
	const names = filter.contactListIds?.map((list) => lists.data?.find((one) => one.id === list)?.name ?? "a list");
	const parts = [
		filter.tags && `tagged ${filter.tags.join(" or ")}`,
		filter.countries && `in ${filter.countries.map(country).join(" or ")}`,
		names && `on ${names.join(" or ")}`,
		filter.timeZones && `in ${filter.timeZones.join(" or ")}`,
		filter.hasConsent !== undefined && (filter.hasConsent ? "with consent on record" : "without consent on record"),
		filter.field && `${filter.field.name} is ${filter.field.value}`,
		filter.addedSince && `added since ${day(filter.addedSince)}`,
	].filter(Boolean);
	return parts.join(", ") || "everybody";
}

const howMany = ({ items, nextCursor }: { items: unknown[]; nextCursor: string | null }) =>
	nextCursor ? `more than ${items.length}` : counted(items.length, "contact");
