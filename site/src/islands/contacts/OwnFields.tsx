import type { Signal } from "@preact/signals";
import { Plus } from "lucide-preact";
import type { Contact } from "../../lib/wire";

/** A field of the account's own, as it is typed. */
export interface OwnField {
	name: string;
	text: string;
}

export const ownFieldsOf = ({ customFields }: Pick<Contact, "customFields">): OwnField[] =>
	Object.entries(customFields).map(([name, value]) => ({ name, text: String(value ?? "") }));

/** As the API keeps them; a number or a yes that nobody touched stays what it was. */
export function customFieldsOf(fields: OwnField[], before: Contact["customFields"]) {
	const named = fields.filter(({ name }) => name.trim() !== "");
	return Object.fromEntries(
		named.map(({ name, text }) => {
			const old = before[name];
			const kept = typeof old === "number" || typeof old === "boolean" ? old : null;
			return [name.trim(), kept !== null && String(kept) === text ? kept : text];
		}),
	);
}

/** What is known of somebody beyond the usual; greetings and texts can say it. */
export function OwnFields({ fields, error }: { fields: Signal<OwnField[]>; error: string | undefined }) {
	const change = (at: number, what: Partial<OwnField>) => {
		fields.value = fields.value.map((field, place) => (place === at ? { ...field, ...what } : field));
	};
	return (
		<fieldset>
			<legend class="mb-1 text-sm font-medium">Own fields</legend>
			<p class="text-faint mb-2 text-xs">
				A field “plan” is said in a campaign's text where it says <code>{"{{custom.plan}}"}</code>. Segments go by them
				too.
			</p>
			<ul class="flex flex-col gap-2">
				{fields.value.map(({ name, text }, at) => (
					<li key={at} class="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
						<input
							class="input"
							aria-label={`Name of own field ${at + 1}`}
							placeholder="plan"
							maxLength={100}
							value={name}
							onInput={(event) => change(at, { name: event.currentTarget.value })}
						/>
						<input
							class="input"
							aria-label={name || `Value of own field ${at + 1}`}
							maxLength={1_000}
							value={text}
							onInput={(event) => change(at, { text: event.currentTarget.value })}
						/>
						<button
							type="button"
							class="btn btn-ghost btn-sm self-center"
							onClick={() => (fields.value = fields.value.filter((_, place) => place !== at))}
						>
							Remove<span class="sr-only"> {name}</span>
						</button>
					</li>
				))}
			</ul>
			{error && <p class="text-error mt-1 text-sm">{error}</p>}
			<button
				type="button"
				class="btn btn-quiet btn-sm mt-2"
				onClick={() => (fields.value = [...fields.value, { name: "", text: "" }])}
			>
				<Plus size={15} aria-hidden /> Add a field
			</button>
		</fieldset>
	);
}
