import { useSignal } from "@preact/signals";
import { Plus } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import type { Read } from "../../lib/use-read";
import { Section } from "./Section";

interface Props<Thing> {
	id: string;
	title: string;
	lead: string;
	/** In a sentence: "ring groups". */
	word: string;
	/** One of them: "a ring group". */
	one: string;
	/** What is said while there is none. */
	none: string;
	things: Read<Thing[]>;
	line: (thing: Thing, edit: () => void) => ComponentChildren;
	/** Null: a new one. */
	editor: (thing: Thing | null, close: () => void) => ComponentChildren;
}

/** A short list of the account's own things in the settings, each with its line, and the dialog that makes and changes them. */
export function EditedList<Thing>({ id, title, lead, word, one, none, things, line, editor }: Props<Thing>) {
	const editing = useSignal<{ thing: Thing | null } | null>(null);
	const edit = (thing: Thing | null) => {
		editing.value = { thing };
	};
	return (
		<Section
			id={id}
			title={title}
			lead={lead}
			actions={
				<button type="button" class="btn btn-quiet btn-sm" onClick={() => edit(null)}>
					<Plus size={15} aria-hidden /> Add<span class="sr-only"> {one}</span>
				</button>
			}
		>
			{things.isPending && <TextSkeleton lines={2} label={`Loading ${word}`} />}
			{things.isError && <Trouble what={`The ${word} did not load.`} error={things.error} again={things.again} />}
			{things.data?.length === 0 && <p class="text-muted text-sm">{none}</p>}
			<ul class="flex flex-col gap-3">{things.data?.map((thing) => line(thing, () => edit(thing)))}</ul>
			{editing.value &&
				editor(editing.value.thing, () => {
					editing.value = null;
				})}
		</Section>
	);
}
