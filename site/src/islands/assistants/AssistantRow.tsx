import { useSignal } from "@preact/signals";
import { Check, LoaderCircle, TriangleAlert } from "lucide-preact";
import { Confirm } from "../../kit/Confirm";
import { RowTools } from "../../kit/RowTools";
import { State } from "../../kit/State";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell } from "../../lib/toasts";
import type { Assistant } from "../../lib/wire";

const LOOKS = {
	active: { tone: "good", icon: Check, word: "Ready" },
	pending: { tone: "busy", icon: LoaderCircle, word: "Being told…" },
	deleting: { tone: "busy", icon: LoaderCircle, word: "Going…" },
	error: { tone: "bad", icon: TriangleAlert, word: "Refused" },
} as const;

/** One assistant: what it says first, how it stands, and what can be done with it. */
export function AssistantRow({ assistant, onEdit }: { assistant: Assistant; onEdit: () => void }) {
	const deleting = useSignal(false);
	const { id, name, firstMessage, voice, language, error, status, isSimulated } = assistant;
	async function remove() {
		await said(api.assistants[":id"].$delete({ param: { id } }));
		await changed("assistants");
		tell(`${name} is deleted.`);
	}
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 lg:px-5">
			<div class="min-w-0 flex-1 basis-60">
				<p class="truncate font-medium">
					<bdi>{name}</bdi> {isSimulated && <span class="text-muted text-xs font-normal">simulated</span>}
				</p>
				<p class="text-muted truncate text-sm">
					{firstMessage ? `“${firstMessage}”` : "Waits for the caller to speak"}
				</p>
				<p class="text-faint text-xs">
					{voice}, {language}
				</p>
			</div>
			<State {...LOOKS[status]} />
			<div class="flex gap-1">
				<RowTools
					name={name}
					change="Edit"
					onChange={onEdit}
					onDelete={() => {
						deleting.value = true;
					}}
				/>
			</div>
			{error && (
				<p class="text-error basis-full text-sm" role="alert">
					{error}
				</p>
			)}
			{deleting.value && (
				<Confirm
					title={`Delete “${name}”?`}
					verb="Delete assistant"
					busyWord="Deleting…"
					danger
					act={remove}
					onClose={() => {
						deleting.value = false;
					}}
				>
					<p>What it was told stays in the call log. Numbers that it answers have to be disconnected first.</p>
				</Confirm>
			)}
		</li>
	);
}
