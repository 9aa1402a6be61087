import { Action } from "../../kit/Action";
import { Field } from "../../kit/Field";
import { textIn } from "../../kit/FormDialog";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { listsQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { useSaving } from "../../lib/use-saving";
import type { Segment } from "../../lib/wire";

interface Props {
	/** Null: a new one. */
	segment: Segment | null;
	onDone: () => void;
}

type Filter = Segment["filter"];

/** Names what people have in common. */
export function SegmentForm({ segment, onDone }: Props) {
	const lists = useRead(listsQuery);
	const { busy, wrong, trouble, saving } = useSaving();
	const filter: Filter = segment?.filter ?? {};

	async function save(event: SubmitEvent) {
		event.preventDefault();
		const element = event.currentTarget as HTMLFormElement;
		const form = new FormData(element);
		const json = { name: textIn(form, "name"), filter: filterIn(form, filter) };
		await saving(async () => {
			if (segment) await said(api.segments[":id"].$patch({ param: { id: segment.id }, json }));
			else await said(api.segments.$post({ json }));
			element.reset();
			await changed("segments", "contacts");
			tell("The segment is saved.");
			onDone();
		});
	}
	const title = segment ? `Change ${segment.name}` : "New segment";
	return (
		<form class="card flex flex-col gap-4 p-4 lg:p-5" onSubmit={save} aria-label={title}>
			<h2 class="text-base break-words">{title}</h2>
			<Field label="Name of the segment" error={wrong.value.name}>
				<input class="input" name="name" maxLength={200} required defaultValue={segment?.name} />
			</Field>
			<Field label="Tags" optional hint="One of them is enough. Separated by commas." error={at(wrong.value, "tags")}>
				<input class="input" name="tags" maxLength={500} defaultValue={filter.tags?.join(", ")} />
			</Field>
			<Field label="Countries" optional hint="Codes such as US, DE." error={at(wrong.value, "countries")}>
				<input class="input" name="countries" maxLength={200} defaultValue={filter.countries?.join(", ")} />
			</Field>
			<Field label="Time zones" optional hint="Such as Europe/Berlin, Asia/Tokyo." error={at(wrong.value, "timeZones")}>
				<input class="input" name="timeZones" maxLength={500} defaultValue={filter.timeZones?.join(", ")} />
			</Field>
			<Field label="On the list" optional>
				<select class="select" name="list" key={lists.data ? "there" : "none"}>
					<option value="">Any or none</option>
					{lists.data?.map(({ id, name }) => (
						<option key={id} value={id} selected={id === filter.contactListIds?.[0]}>
							{name}
						</option>
					))}
				</select>
			</Field>
			<Field label="Consent" optional>
				<select class="select" name="consent">
					<option value="">With or without</option>
					<option value="yes" selected={filter.hasConsent === true}>
						On record
					</option>
					<option value="no" selected={filter.hasConsent === false}>
						Not on record
					</option>
				</select>
			</Field>
			<Field label="Added since" optional error={at(wrong.value, "addedSince")}>
				<input class="input" name="addedSince" type="date" defaultValue={filter.addedSince?.slice(0, 10)} />
			</Field>
			<div class="grid grid-cols-2 gap-3">
				<Field label="Own field" optional error={at(wrong.value, "field")}>
					<input class="input" name="field" maxLength={100} placeholder="Plan" defaultValue={filter.field?.name} />
				</Field>
				<Field label="is" optional>
					<input class="input" name="value" maxLength={200} placeholder="Gold" defaultValue={filter.field?.value} />
				</Field>
			</div>
			{trouble.value && (
				<p class="notice notice-bad" role="alert">
					{trouble}
				</p>
			)}
			<div class="flex flex-wrap gap-2">
				<Action type="submit" busy={busy.value} busyWord="Saving…">
					Save segment
				</Action>
				{segment && (
					<Action look="btn-quiet" onClick={onDone}>
						Leave as it is
					</Action>
				)}
			</div>
		</form>
	);
}

/** What is wrong with one part of the filter: the server names its entries by their place. */
const at = (wrong: Record<string, string>, part: string) =>
	Object.entries(wrong).find(([path]) => path.startsWith(`filter.${part}`))?.[1];

/** What the form asks for. Of several lists, which only the API names, the first is shown and the others stay. */
function filterIn(form: FormData, before: Filter): Filter {
	const listed = (name: string) =>
		textIn(form, name)
			.split(",")
			.map((part) => part.trim())
			.filter(Boolean);
	const [tags, timeZones] = [listed("tags"), listed("timeZones")];
	const countries = listed("countries").map((code) => code.toUpperCase());
	const [list, consent, since, field] = ["list", "consent", "addedSince", "field"].map((name) => textIn(form, name));
	const [first, ...others] = before.contactListIds ?? [];
	return {
		...(tags.length > 0 ? { tags } : {}),
		...(countries.length > 0 ? { countries } : {}),
		...(timeZones.length > 0 ? { timeZones } : {}),
		...(list ? { contactListIds: list === first ? [list, ...others] : [list] } : {}),
		...(consent ? { hasConsent: consent === "yes" } : {}),
		...(since ? { addedSince: new Date(since).toISOString() } : {}),
		...(field ? { field: { name: field, value: textIn(form, "value") } } : {}),
	};
}
