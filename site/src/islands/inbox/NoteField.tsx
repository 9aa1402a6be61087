import { useSignal } from "@preact/signals";
import { Action } from "../../kit/Action";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tell, tellTrouble } from "../../lib/toasts";
import type { ConversationDetail } from "../../lib/wire";

/** A note to the team; it stands between the messages, and the person never sees it. */
export function NoteField({ conversation: { id } }: { conversation: ConversationDetail }) {
	const text = useSignal("");
	const busy = useSignal(false);
	async function save(event: Event) {
		event.preventDefault();
		busy.value = true;
		try {
			await said(api.conversations[":id"].notes.$post({ param: { id }, json: { body: text.value.trim() } }));
			text.value = "";
			tell("The note stands in the conversation.");
			await changed("timeline");
		} catch (error) {
			tellTrouble(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<form onSubmit={save}>
			<label class="block">
				<span class="mb-1 block text-sm font-medium">Note to the team</span>
				<textarea
					class="textarea min-h-0"
					rows={2}
					dir="auto"
					maxLength={1_600}
					value={text}
					onInput={(event) => {
						text.value = event.currentTarget.value;
					}}
				/>
			</label>
			{text.value.trim() && (
				<Action type="submit" look="btn-quiet btn-sm" class="mt-2" busy={busy.value} busyWord="Saving…">
					Save note
				</Action>
			)}
		</form>
	);
}
