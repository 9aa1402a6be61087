import { useSignal } from "@preact/signals";
import { Filter } from "lucide-preact";
import { Action } from "../kit/Action";
import { Empty } from "../kit/Empty";
import { Field } from "../kit/Field";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { changed } from "../lib/cache";
import { listsQuery, segmentsQuery } from "../lib/reads";
import { reasonOf } from "../lib/refusal";
import { tell, tellTrouble } from "../lib/toasts";
import { useRead } from "../lib/use-read";
import type { Segment } from "../lib/wire";
import { counted, country } from "../lib/words";

/** Saved filters over contacts: made, looked into, called, removed. */
export function SegmentsPage() {
	const segments = useRead(segmentsQuery);
	return (
		<div class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
			<div class="lg:order-2">
				<NewSegment />
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
							<Line key={segment.id} segment={segment} />
						))}
					</ul>
				)}
			</div>
		</div>
	);
}

function Line({ segment }: { segment: Segment }) {
	const { id, name, filter } = segment;
	const lists = useRead(listsQuery);
	const busy = useSignal(false);
	const people = useRead({
		key: ["contacts", "segment", id, segment.updatedAt],
		read: () => said(api.segments[":id"].contacts.$get({ param: { id }, query: { limit: "100" } })),
	});
	async function remove() {
		busy.value = true;
		try {
			await said(api.segments[":id"].$delete({ param: { id }, query: {} }));
			await changed("segments");
			tell(`“${name}” is removed. Its contacts stay.`);
		} catch (error) {
			tellTrouble(error);
			busy.value = false;
		}
	}
	const listNames = filter.contactListIds?.map((list) => lists.data?.find((one) => one.id === list)?.name ?? "a list");
	const parts = [
		filter.tags && `tagged ${filter.tags.join(" or ")}`,
		filter.countries && `in ${filter.countries.map(country).join(" or ")}`,
		listNames && `on ${listNames.join(" or ")}`,
		filter.timeZones && `in ${filter.timeZones.join(" or ")}`,
		filter.hasConsent !== undefined && (filter.hasConsent ? "with consent on record" : "without consent on record"),
		filter.field && `${filter.field.name} is ${filter.field.value}`,
	].filter(Boolean);
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
			<div class="min-w-0 flex-1 basis-52">
				<p class="truncate font-medium">{name}</p>
				<p class="text-muted">{parts.join(", ") || "everybody"}</p>
			</div>
			<span class="num text-muted">{people.data ? howMany(people.data) : "…"}</span>
			<a class="btn btn-quiet btn-sm" href={`/campaigns/new?list=${encodeURIComponent(id)}`}>
				Call them<span class="sr-only">: {name}</span>
			</a>
			<Action look="btn-ghost btn-sm" busy={busy.value} busyWord="Removing…" onClick={remove}>
				Remove<span class="sr-only"> {name}</span>
			</Action>
		</li>
	);
}

const howMany = ({ items, nextCursor }: { items: unknown[]; nextCursor: string | null }) =>
	nextCursor ? `more than ${items.length}` : counted(items.length, "contact");

const listed = (text: string) =>
	text
		.split(",")
		.map((part) => part.trim())
		.filter(Boolean);

function NewSegment() {
	const lists = useRead(listsQuery);
	const busy = useSignal(false);
	const trouble = useSignal("");

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const element = event.currentTarget as HTMLFormElement;
		const form = new FormData(element);
		const textIn = (name: string) => String(form.get(name) ?? "").trim();
		const [tags, countries] = [listed(textIn("tags")), listed(textIn("countries").toUpperCase())];
		const consent = textIn("consent");
		busy.value = true;
		trouble.value = "";
		try {
			const filter = {
				...(tags.length > 0 ? { tags } : {}),
				...(countries.length > 0 ? { countries } : {}),
				...(textIn("list") ? { contactListIds: [textIn("list")] } : {}),
				...(consent ? { hasConsent: consent === "yes" } : {}),
				...(textIn("field") ? { field: { name: textIn("field"), value: textIn("value") } } : {}),
			};
			await said(api.segments.$post({ json: { name: textIn("name"), filter } }));
			element.reset();
			await changed("segments");
			tell("The segment is saved.");
		} catch (error) {
			trouble.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}

	return (
		<form class="card flex flex-col gap-4 p-4 lg:p-5" onSubmit={save} aria-label="New segment">
			<h2 class="text-base">New segment</h2>
			<Field label="Name of the segment">
				<input class="input" name="name" maxLength={200} required />
			</Field>
			<Field label="Tags" optional hint="One of them is enough. Separated by commas.">
				<input class="input" name="tags" maxLength={500} />
			</Field>
			<Field label="Countries" optional hint="Codes such as US, DE.">
				<input class="input" name="countries" maxLength={200} />
			</Field>
			<Field label="On the list" optional>
				<select class="select" name="list">
					<option value="">Any or none</option>
					{lists.data?.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</Field>
			<Field label="Consent" optional>
				<select class="select" name="consent">
					<option value="">With or without</option>
					<option value="yes">On record</option>
					<option value="no">Not on record</option>
				</select>
			</Field>
			<div class="grid grid-cols-2 gap-3">
				<Field label="Own field" optional>
					<input class="input" name="field" maxLength={100} placeholder="Plan" />
				</Field>
				<Field label="is" optional>
					<input class="input" name="value" maxLength={200} placeholder="Gold" />
				</Field>
			</div>
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<Action type="submit" busy={busy.value} busyWord="Saving…">
				Save segment
			</Action>
		</form>
	);
}
