import { useSignal } from "@preact/signals";
import { ArrowDown } from "lucide-preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import type { ConversationDetail, TimelineItem } from "../../lib/wire";
import { LeavingTouch, MessageTouch } from "./MessageTouch";
import { outbox, stillLeaving } from "./outbox";
import { open, place } from "./place";
import { type usePeople, useScheduled, type useTimeline } from "./reads";
import { Sentinel } from "./Sentinel";
import { CallTouch, NoteTouch, ScheduledTouch, VoicemailTouch } from "./Touch";
import { dayWord, isSameDay, peerWord, personWord } from "./words";

const GROUP_MS = 5 * 60_000;
const NEAR_END_PX = 90;
/** How far back a message that was searched for is looked for here. */
const MOST_PAGES = 25;

interface Props {
	conversation: ConversationDetail;
	timeline: ReturnType<typeof useTimeline>;
	people: ReturnType<typeof usePeople>;
	/** How many were unread when it was opened. */
	unread: number;
	onEdit: (text: string) => void;
}

/** Everything that happened with a person, oldest first, at its end from the start. */
export function Timeline({ conversation, timeline, people, unread, onEdit }: Props) {
	const items = [...timeline.items].reverse();
	const scheduled = useScheduled(conversation.id);
	const leaving = stillLeaving(outbox.value, conversation.id, items);
	const box = useRef<HTMLDivElement>(null);
	const atEnd = useSignal(true);
	useStay(box, atEnd, `${items[0]?.at} ${items.length} ${leaving.length} ${scheduled.data?.length}`, items[0]);
	const lit = useSought(timeline, box, atEnd);
	const author = (userId: string | null) => (userId === null ? "" : personWord(userId, people, conversation.seenBy));
	const firstUnread = useFirstUnread(items, unread);
	const news = useNews(items, peerWord(conversation));
	const retried = new Set(items.flatMap((item) => (item.type === "message" ? (item.message.retryOf ?? []) : [])));
	const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });

	return (
		<div class="relative min-h-0 flex-1">
			<p class="sr-only" role="status">
				{news}
			</p>
			<section
				ref={box}
				class="h-full overflow-y-auto [overflow-anchor:none]"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				aria-label={`Messages with ${peerWord(conversation)}`}
				onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
					atEnd.value = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
				}}
			>
				<div class="mx-auto flex min-h-full max-w-3xl flex-col justify-end gap-1 px-4 py-4">
					{timeline.hasMore && (
						<Sentinel word="Earlier messages" busy={timeline.isLoadingMore} onSeen={timeline.more} />
					)}
					{timeline.isPending && <TextSkeleton lines={5} label="Loading the messages" />}
					{timeline.isError && (
						<Trouble what="The messages did not load." error={timeline.error} again={timeline.again} />
					)}
					{items.map((item, at) => (
						<div key={keyOf(item)}>
							{!(items[at - 1] && isSameDay(items[at - 1]?.at ?? "", item.at)) && (
								<p class="text-muted my-4 text-center text-xs font-medium">{dayWord(item.at)}</p>
							)}
							{keyOf(item) === firstUnread && (
								<p class="text-primary before:bg-primary/40 after:bg-primary/40 my-2 flex items-center gap-3 text-xs font-medium before:h-px before:flex-1 after:h-px after:flex-1">
									New
								</p>
							)}
							<Item item={item} next={items[at + 1]} author={author} lit={lit} retried={retried} />
						</div>
					))}
					{leaving.map((each) => (
						<LeavingTouch
							key={each.key}
							leaving={each}
							onEdit={onEdit}
							onSent={(id) => id !== place.peek().id && open({ id }, "replace")}
						/>
					))}
					{scheduled.data?.map((each) => (
						<ScheduledTouch key={each.id} item={each} />
					))}
				</div>
			</section>
			{!atEnd.value && (
				<button
					type="button"
					class="btn btn-quiet btn-sm absolute inset-x-0 bottom-3 mx-auto w-fit shadow-md"
					onClick={toEnd}
				>
					<ArrowDown size={14} aria-hidden /> Latest
				</button>
			)}
		</div>
	);
}

interface ItemProps {
	item: TimelineItem;
	next: TimelineItem | undefined;
	author: (userId: string | null) => string;
	lit: string | null;
	/** The messages that were tried again. */
	retried: ReadonlySet<string>;
}

function Item({ item, next, author, lit, retried }: ItemProps) {
	if (item.type === "call") return <CallTouch item={item} />;
	if (item.type === "voicemail") return <VoicemailTouch item={item} />;
	if (item.type === "note") return <NoteTouch item={item} author={author(item.note.userId)} />;
	const { message } = item;
	return (
		<MessageTouch
			message={message}
			author={author(message.sentBy)}
			last={!continues(item, next)}
			lit={lit === message.id}
			retried={retried.has(message.id)}
		/>
	);
}

/** Whether the next item is the same person going on, with the same fate. */
function continues(item: TimelineItem, next: TimelineItem | undefined): boolean {
	if (item.type !== "message" || next?.type !== "message") return false;
	const { direction, sentBy, status } = item.message;
	return (
		next.message.direction === direction &&
		next.message.sentBy === sentBy &&
		next.message.status === status &&
		new Date(next.at).getTime() - new Date(item.at).getTime() < GROUP_MS
	);
}

function keyOf(item: TimelineItem): string {
	if (item.type === "message") return item.message.id;
	if (item.type === "note") return item.note.id;
	return item.type === "call" ? item.call.id : item.voicemail.id;
}

/** Which item was the first unread one when the conversation was opened. */
function useFirstUnread(items: readonly TimelineItem[], unread: number): string | null {
	const found = useRef<string | null>(null);
	const inbound = items.filter((item) => item.type === "message" && item.message.direction === "inbound");
	const first = unread > 0 && inbound.at(-Math.min(unread, inbound.length));
	if (first) found.current ??= keyOf(first);
	return found.current;
}

/** Says to those who listen what has just come in. */
function useNews(items: readonly TimelineItem[], name: string): string {
	const heard = useRef<string | null>(null);
	const news = useRef("");
	const last = items.at(-1);
	const key = last ? keyOf(last) : null;
	if (key !== null && heard.current !== null && key !== heard.current)
		news.current =
			last?.type === "message" && last.message.direction === "inbound" ? `${name} writes: ${last.message.body}` : "";
	if (key !== null) heard.current = key;
	return news.current;
}

/** Stays at the end while one is there, and where one reads when something older comes in above. */
function useStay(
	box: { current: HTMLDivElement | null },
	atEnd: { peek(): boolean },
	state: string,
	first: TimelineItem | undefined,
): void {
	const before = useRef({ height: 0, first: "" });
	useLayoutEffect(() => {
		const here = box.current;
		if (!here) return;
		const name = first ? keyOf(first) : "";
		const grewAbove = before.current.first !== "" && before.current.first !== name;
		if (atEnd.peek()) here.scrollTop = here.scrollHeight;
		else if (grewAbove) here.scrollTop += here.scrollHeight - before.current.height;
		before.current = { height: here.scrollHeight, first: name };
	}, [state]);
	useEffect(() => {
		const here = box.current;
		if (!here) return;
		// The composer below grows, the keyboard of a phone comes: the last message stays in sight.
		const sized = new ResizeObserver(() => {
			if (atEnd.peek()) here.scrollTop = here.scrollHeight;
		});
		sized.observe(here);
		return () => sized.disconnect();
	}, []);
}

/** Goes back until the message that was searched for is there, and lights it. */
function useSought(
	timeline: ReturnType<typeof useTimeline>,
	box: { current: HTMLDivElement | null },
	atEnd: { value: boolean },
): string | null {
	const sought = place.value.m ?? null;
	const pages = useRef(0);
	const found = sought !== null && timeline.items.some((item) => item.type === "message" && item.message.id === sought);
	useEffect(() => {
		if (sought === null || found || !timeline.hasMore || timeline.isLoadingMore || pages.current > MOST_PAGES) return;
		pages.current++;
		void timeline.more().catch(() => {});
	});
	useEffect(() => {
		if (!found) return;
		atEnd.value = false;
		box.current?.querySelector(`[data-message="${sought}"]`)?.scrollIntoView({ block: "center" });
	}, [found, sought]);
	return found ? sought : null;
}
