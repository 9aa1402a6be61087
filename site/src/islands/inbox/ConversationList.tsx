import { useSignal } from "@preact/signals";
import { Search, SquarePen } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { later } from "../../kit/later";
import { Trouble } from "../../kit/Trouble";
import { feed } from "../../lib/live";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { ConversationLine } from "./ConversationLine";
import { Lead } from "./Lead";
import { LinesSkeleton } from "./LinesSkeleton";
import { narrow, open, place } from "./place";
import type { useConversations } from "./reads";
import { Sentinel } from "./Sentinel";

// The list itself comes first; what stands around it follows at once.
const Filters = later(() => import("./Filters").then((part) => part.Filters), <div class="h-8" />);
const Channels = later(() => import("./Channels").then((part) => part.Channels));
const EmptyList = later(() => import("./EmptyList").then((part) => part.EmptyList));

const TYPED_MS = 250;

/** All conversations that are asked for, latest first, and below them the channels that they come over. */
export function ConversationList({ conversations }: { conversations: ReturnType<typeof useConversations> }) {
	const numbers = useRead(numbersQuery);
	const { items } = conversations;
	const isEmpty = !!conversations.data && items.length === 0;
	// The main line needs no mention; what came over another one says so.
	const lineOf = (e164: string) => {
		const own = numbers.data?.find(({ number }) => number === e164);
		return own && own !== numbers.data?.[0] ? own.label || own.formatted : null;
	};
	return (
		<>
			<header class="line flex-none border-b">
				<div class="flex h-14 items-center gap-2 px-4">
					<p class="text-xl font-semibold" aria-hidden="true">
						Inbox
					</p>
					<Feed />
					<button
						type="button"
						class="btn btn-quiet btn-sm ms-auto"
						aria-keyshortcuts="n"
						onClick={() => open({ write: "1" })}
					>
						<SquarePen size={15} aria-hidden /> Write
					</button>
				</div>
				<Lead />
				<SearchBox />
				{!place.value.q && <Filters />}
			</header>
			<div class="min-h-0 flex-1 overflow-y-auto" data-region="list">
				{conversations.isPending && <LinesSkeleton />}
				{conversations.isError && (
					<div class="p-4">
						<Trouble what="Your conversations did not load." error={conversations.error} again={conversations.again} />
					</div>
				)}
				<ul aria-label="Conversations">
					{items.map((conversation) => (
						<li key={`${conversation.id} ${conversation.match?.messageId ?? ""}`} class="[content-visibility:auto]">
							<ConversationLine
								conversation={conversation}
								line={lineOf(conversation.number)}
								current={conversation.id === place.value.id}
							/>
						</li>
					))}
				</ul>
				{conversations.hasMore && (
					<Sentinel word="Older conversations" busy={conversations.isLoadingMore} onSeen={conversations.more} />
				)}
				{/* Who has just made a channel finds it at once; among conversations it stands below them. */}
				{isEmpty && !place.value.q && <Channels />}
				{isEmpty && <EmptyList />}
				{!isEmpty && !place.value.q && <Channels />}
			</div>
		</>
	);
}

/** Says when what is shown may be late. */
function Feed() {
	const late = useSignal(false);
	const isOn = feed.value === "on";
	useEffect(() => {
		const timer = setTimeout(
			() => {
				late.value = !isOn;
			},
			isOn ? 0 : 4_000,
		);
		return () => clearTimeout(timer);
	}, [isOn]);
	return (
		<span role="status" class="text-muted text-xs">
			{late.value ? "Reconnecting…" : ""}
		</span>
	);
}

function SearchBox() {
	const typed = useSignal(place.peek().q ?? "");
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const asked = place.value.q ?? "";
	useEffect(() => {
		if (asked !== typed.peek().trim()) typed.value = asked;
	}, [asked]);
	function type(text: string) {
		typed.value = text;
		clearTimeout(timer.current);
		timer.current = setTimeout(() => narrow({ q: text.trim() || undefined }), TYPED_MS);
	}
	return (
		<div class="px-3 pb-2">
			<label class="input">
				<Search size={15} class="text-muted" aria-hidden />
				<input
					type="search"
					id="search-messages"
					aria-label="Search messages, names and numbers"
					aria-keyshortcuts="/"
					placeholder="Search messages and people"
					maxLength={200}
					value={typed}
					onInput={(event) => type(event.currentTarget.value)}
				/>
			</label>
		</div>
	);
}
