import { Ban } from "lucide-preact";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import type { ConversationDetail } from "../../lib/wire";
import { usePeople } from "./reads";
import { peerWord } from "./words";

/** Puts the number on the do-not-call list, and takes it off again within ten seconds if that was a slip. */
export function BlockButton({ conversation }: { conversation: ConversationDetail }) {
	const { me } = usePeople();
	const { peer, consent } = conversation;
	if (me?.role !== "owner" || (!consent.messages && !consent.calls)) return null;
	async function block() {
		try {
			await said(api["do-not-call"].$post({ json: { phoneNumber: peer, note: "Blocked in the inbox" } }));
			tellUndoable(
				`${peerWord(conversation)} is blocked: no messages, no calls.`,
				() => {},
				() => void unblock(),
			);
		} catch (error) {
			tellTrouble(error);
		} finally {
			await changed("conversation");
		}
	}
	async function unblock() {
		await said(api["do-not-call"][":id"].$delete({ param: { id: peer }, query: {} })).catch(tellTrouble);
		await changed("conversation");
	}
	return (
		<button type="button" class="btn btn-quiet btn-sm hover:text-error self-start" onClick={block}>
			<Ban size={14} aria-hidden /> Block this number
		</button>
	);
}
