import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { tellTrouble } from "../lib/toasts";
import { ConversationList } from "./inbox/ConversationList";
import { useKeys } from "./inbox/keys";
import { open, place, usePlace } from "./inbox/place";
import { useConversations, useInboxFeed } from "./inbox/reads";
import { leftUnread } from "./inbox/unread";
import { peerWord } from "./inbox/words";

const waiting = (
	<div class="p-5">
		<TextSkeleton lines={6} label="Loading the conversation" />
	</div>
);
const Thread = later(() => import("./inbox/Thread").then((part) => part.Thread), waiting);
const ContactPanel = later(() => import("./inbox/ContactPanel").then((part) => part.ContactPanel));
const NewMessage = later(() => import("./inbox/NewMessage").then((part) => part.NewMessage), waiting);
const ChannelDetail = later(() => import("./inbox/ChannelDetail").then((part) => part.ChannelDetail));
const Nothing = later(() => import("./inbox/Nothing").then((part) => part.Nothing));
const KeySheet = later(() => import("./inbox/KeySheet").then((part) => part.KeySheet));

const deeds = () => import("./inbox/deeds");

/** The inbox: conversations, the open one, and who it is with; one at a time where there is room for one. */
export function InboxPage() {
	usePlace();
	useInboxFeed();
	const conversations = useConversations(place.value);
	const panel = useSignal(false);
	const sheet = useSignal(false);
	const { id, channel, write, to } = place.value;
	const isOpen = !!(id || channel || write || to);
	useInboxKeys(conversations.items, () => {
		sheet.value = true;
	});
	useEffect(() => {
		panel.value = false;
		if (leftUnread.peek() !== id) leftUnread.value = null;
	}, [id]);
	useEffect(() => {
		const show = () => {
			sheet.value = true;
		};
		document.addEventListener("inbox:keys", show);
		return () => document.removeEventListener("inbox:keys", show);
	}, []);

	return (
		<div class={`inbox grid ${id ? "inbox-three" : ""}`}>
			<h1 class="sr-only" tabIndex={-1}>
				Inbox
			</h1>
			<section class={`line flex min-h-0 flex-col border-e ${isOpen ? "max-lg:hidden" : ""}`} aria-label="Inbox">
				<ConversationList conversations={conversations} />
			</section>
			<section
				class={`min-h-0 min-w-0 ${isOpen ? "" : "max-lg:hidden"} ${panel.value ? "max-xl:hidden" : ""}`}
				aria-label={channel ? "Channel" : "Conversation"}
			>
				{id ? (
					<Thread
						key={id}
						id={id}
						panelOpen={panel.value}
						onPanel={() => {
							panel.value = !panel.value;
						}}
					/>
				) : channel ? (
					<ChannelDetail key={channel} id={channel} />
				) : write || to ? (
					<NewMessage key={to ?? write} />
				) : (
					<Nothing title="No conversation is open">
						Choose one on the left, or press <kbd class="kbd">J</kbd> for the next. <kbd class="kbd">?</kbd> shows all
						keys.
					</Nothing>
				)}
			</section>
			{id && (
				<aside class={`line min-h-0 min-w-0 border-s ${panel.value ? "" : "max-xl:hidden"}`} aria-label="Details">
					<ContactPanel
						key={id}
						id={id}
						onBack={() => {
							panel.value = false;
						}}
					/>
				</aside>
			)}
			{sheet.value && (
				<KeySheet
					onClose={() => {
						sheet.value = false;
					}}
				/>
			)}
		</div>
	);
}

function useInboxKeys(items: ReturnType<typeof useConversations>["items"], onSheet: () => void): void {
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
			void deeds().then(({ settle }) => settle(current, peerWord(current), { status }));
		},
		r: () => document.querySelector<HTMLTextAreaElement>("[data-composer]")?.focus(),
		u: () => {
			if (!current) return;
			leftUnread.value = current.id;
			void deeds()
				.then(({ changeConversation }) => changeConversation(current.id, { unread: true }))
				.catch(tellTrouble);
		},
		n: () => open({ write: "1" }),
		"/": () => document.querySelector<HTMLInputElement>("#search-messages")?.focus(),
		"?": onSheet,
	});
}
