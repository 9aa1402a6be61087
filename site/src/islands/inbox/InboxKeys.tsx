import { tellTrouble } from "../../lib/toasts";
import { changeConversation, settle } from "./deeds";
import { useKeys } from "./keys";
import { open, place } from "./place";
import type { useConversations } from "./reads";
import { leftUnread } from "./unread";
import { peerWord } from "./words";

interface Props {
	items: ReturnType<typeof useConversations>["items"];
}

/** What single keys do in the inbox. Shows nothing. */
export function InboxKeys({ items }: Props) {
	const at = items.findIndex(({ id }) => id === place.value.id);
	const current = items[at];
	function step(by: number) {
		const next = items[at < 0 ? 0 : at + by];
		if (!next) return;
		open({ id: next.id }, place.peek().id ? "replace" : "push");
		document.querySelector(`[data-conversation="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
	}
	useKeys({
		j: () => step(1),
		k: () => step(-1),
		e: () => {
			if (!current) return;
			const status = current.status === "open" ? "done" : "open";
			step(items[at + 1] ? 1 : -1);
			void settle(current, peerWord(current), { status });
		},
		r: () => document.querySelector<HTMLTextAreaElement>("[data-composer]")?.focus(),
		u: () => {
			if (!current) return;
			leftUnread.value = current.id;
			void changeConversation(current.id, { unread: true }).catch(tellTrouble);
		},
		n: () => open({ write: "1" }),
		"/": () => document.querySelector<HTMLInputElement>("#search-messages")?.focus(),
	});
	return null;
}
