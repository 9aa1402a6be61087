import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Person } from "../../../../worker/signaling/protocol";
import { Action } from "../../kit/Action";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { reasonOf } from "../../lib/refusal";
import { contactOf } from "./whom";

type Known = Awaited<ReturnType<typeof contactOf>>;

/** What is to be remembered of somebody, while one speaks with them. It is kept with the contact, who is made if need be. */
export function Notes({ peer }: { peer: Person }) {
	const contact = useSignal<Known | null>(null);
	const text = useSignal("");
	const word = useSignal("");
	const busy = useSignal(false);
	useEffect(() => {
		contactOf(peer.number)
			.then((found) => {
				contact.value = found;
				text.value = found?.notes ?? "";
			})
			.catch((error) => {
				word.value = reasonOf(error);
			});
	}, [peer.number]);
	async function save(event: Event) {
		event.preventDefault();
		busy.value = true;
		try {
			const notes = text.value;
			if (contact.value) await said(api.contacts[":id"].$patch({ param: { id: contact.value.id }, json: { notes } }));
			else
				contact.value = await said(
					api.contacts.$post({ json: { phoneNumber: peer.number, firstName: peer.name.slice(0, 100), notes } }),
				);
			word.value = "Saved with the contact.";
			await changed("contacts");
		} catch (error) {
			word.value = reasonOf(error);
		} finally {
			busy.value = false;
		}
	}
	return (
		<form class="grid w-full gap-2 sm:max-w-md" onSubmit={save}>
			<label class="grid gap-1">
				<span>Notes on {peer.name || peer.number}</span>
				<textarea
					class="textarea min-h-20"
					rows={3}
					maxLength={2_000}
					disabled={contact.value === null}
					value={text}
					onInput={(event) => {
						text.value = event.currentTarget.value;
						word.value = "";
					}}
				/>
			</label>
			<div class="flex items-center gap-3">
				<Action
					type="submit"
					look="btn-quiet btn-sm"
					busy={busy.value}
					busyWord="Saving…"
					disabled={contact.value === null}
				>
					Save notes
				</Action>
				<span class="text-muted text-xs" role="status">
					{word}
				</span>
			</div>
		</form>
	);
}
