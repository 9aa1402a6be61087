import { useSignal } from "@preact/signals";
import { Plus, X } from "lucide-preact";
import { useId } from "preact/hooks";
import { tellTrouble } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import type { ConversationDetail } from "../../lib/wire";
import { changeConversation } from "./deeds";
import { labelsQuery } from "./reads";

const MOST = 20;

/** Words to find the conversation by. */
export function Labels({ conversation: { id, labels } }: { conversation: ConversationDetail }) {
	const known = useRead(labelsQuery);
	const typed = useSignal("");
	const list = useId();
	const keep = (next: string[]) => void changeConversation(id, { labels: next }).catch(tellTrouble);
	function add(event: Event) {
		event.preventDefault();
		const label = typed.value.trim();
		typed.value = "";
		if (label && !labels.includes(label)) keep([...labels, label]);
	}
	return (
		<section aria-labelledby={`${list}-title`}>
			<h3 id={`${list}-title`} class="mb-1.5 text-sm font-medium">
				Labels
			</h3>
			{labels.length > 0 && (
				<ul class="mb-2 flex flex-wrap gap-1.5">
					{labels.map((label) => (
						<li
							key={label}
							class="bg-base-200 line inline-flex max-w-full items-center rounded-selector border ps-3 text-xs"
						>
							<bdi class="truncate">{label}</bdi>
							<button
								type="button"
								class="grid size-6 flex-none place-items-center hover:bg-base-300"
								aria-label={`Take the label ${label} away`}
								onClick={() => keep(labels.filter((each) => each !== label))}
							>
								<X size={12} aria-hidden />
							</button>
						</li>
					))}
				</ul>
			)}
			{labels.length < MOST && (
				<form class="flex gap-1.5" onSubmit={add}>
					<input
						class="input min-w-0 flex-1"
						aria-label="Add a label"
						placeholder="Add a label"
						maxLength={40}
						dir="auto"
						list={list}
						value={typed}
						onInput={(event) => {
							typed.value = event.currentTarget.value;
						}}
					/>
					<datalist id={list}>
						{known.data
							?.filter(({ label }) => !labels.includes(label))
							.map(({ label }) => (
								<option key={label} value={label} />
							))}
					</datalist>
					<button
						type="submit"
						class="btn btn-quiet btn-square"
						aria-label="Add the label"
						disabled={!typed.value.trim()}
					>
						<Plus size={16} aria-hidden />
					</button>
				</form>
			)}
		</section>
	);
}
