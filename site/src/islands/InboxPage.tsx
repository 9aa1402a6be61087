import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { Lead } from "./inbox/Lead";
import { LinesSkeleton } from "./inbox/LinesSkeleton";
import { place, usePlace } from "./inbox/place";
import { useConversations, useInboxFeed } from "./inbox/reads";
import { leftUnread } from "./inbox/unread";

const waiting = (
	<div class="p-5">
		<TextSkeleton lines={6} label="Loading the conversation" />
	</div>
);
// Every part comes while its data is on the way, so that the page itself is there first.
const ConversationList = later(
	() => import("./inbox/ConversationList").then((part) => part.ConversationList),
	<>
		<p class="flex h-14 flex-none items-center px-4 text-xl font-semibold">Inbox</p>
		<Lead />
		<LinesSkeleton />
	</>,
);
const Thread = later(() => import("./inbox/Thread").then((part) => part.Thread), waiting);
const ContactPanel = later(() => import("./inbox/ContactPanel").then((part) => part.ContactPanel));
const NewMessage = later(() => import("./inbox/NewMessage").then((part) => part.NewMessage), waiting);
const ChannelDetail = later(() => import("./inbox/ChannelDetail").then((part) => part.ChannelDetail));
const Nothing = later(() => import("./inbox/Nothing").then((part) => part.Nothing));
const InboxKeys = later(() => import("./inbox/InboxKeys").then((part) => part.InboxKeys));

/** The inbox: conversations, the open one, and who it is with; one at a time where there is room for one. */
export function InboxPage() {
	usePlace();
	useInboxFeed();
	const conversations = useConversations(place.value);
	const panel = useSignal(false);
	const { id, channel, write, to } = place.value;
	const isOpen = !!(id || channel || write || to);
	useEffect(() => {
		panel.value = false;
		if (leftUnread.peek() !== id) leftUnread.value = null;
	}, [id]);

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
			<InboxKeys items={conversations.items} />
		</div>
	);
}
