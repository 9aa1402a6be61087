import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { TextSkeleton } from "../../kit/Skeleton";
import { Trouble } from "../../kit/Trouble";
import { onTyping } from "../../lib/live";
import { numbersQuery } from "../../lib/reads";
import { Refusal } from "../../lib/refusal";
import { useRead } from "../../lib/use-read";
import type { ConversationDetail } from "../../lib/wire";
import { Closed } from "./Closed";
import { Composer } from "./Composer";
import { markRead } from "./deeds";
import { draftOf } from "./drafts";
import { Nothing } from "./Nothing";
import { useConversation, usePeople, useTimeline } from "./reads";
import { ThreadHead } from "./ThreadHead";
import { Timeline } from "./Timeline";
import { leftUnread } from "./unread";
import { personWord } from "./words";

interface Props {
	id: string;
	panelOpen: boolean;
	onPanel: () => void;
}

/** One conversation: who, everything that happened, and the next message. */
export function Thread({ id, panelOpen, onPanel }: Props) {
	const conversation = useConversation(id);
	if (conversation.isError) {
		const gone = conversation.error instanceof Refusal && conversation.error.status === 404;
		return gone ? (
			<Nothing title="This conversation is not here">
				Its number may have gone to somebody else in your account.
			</Nothing>
		) : (
			<div class="p-4">
				<Trouble what="The conversation did not load." error={conversation.error} again={conversation.again} />
			</div>
		);
	}
	if (!conversation.data)
		return (
			<div class="p-5">
				<TextSkeleton lines={6} label="Loading the conversation" />
			</div>
		);
	return <Open conversation={conversation.data} panelOpen={panelOpen} onPanel={onPanel} />;
}

function Open({ conversation, panelOpen, onPanel }: Omit<Props, "id"> & { conversation: ConversationDetail }) {
	const { id } = conversation;
	const timeline = useTimeline(id);
	const people = usePeople();
	const text = useSignal(draftOf(id));
	const unread = useRef(conversation.unread);
	useReading(conversation, people);
	const numbers = useRead(numbersQuery);
	const own = numbers.data?.find(({ number }) => number === conversation.number);
	const isWhatsapp = conversation.channel === "whatsapp";
	const before = () => new Set(timeline.items.flatMap((item) => (item.type === "message" ? [item.message.id] : [])));

	return (
		<div class="flex h-full min-h-0 flex-col">
			<ThreadHead conversation={conversation} own={own} people={people} panelOpen={panelOpen} onPanel={onPanel} />
			<Timeline
				conversation={conversation}
				timeline={timeline}
				people={people}
				unread={unread.current}
				onEdit={(words) => {
					text.value = words;
				}}
			/>
			<Company conversation={conversation} people={people} />
			{!conversation.consent.messages || (numbers.data && !own) ? (
				<Closed conversation={conversation} isOwner={people.me?.role === "owner"} isMine={!!own} />
			) : (
				<Composer
					thread={id}
					conversation={conversation}
					from={isWhatsapp ? `whatsapp:${conversation.number}` : conversation.number}
					fromWord={own?.label || own?.formatted || conversation.number}
					to={conversation.peer}
					canAttach={isWhatsapp || !!own?.capabilities.includes("MMS")}
					text={text}
					before={before}
					onSent={() => {}}
				/>
			)}
		</div>
	);
}

/** What is open and looked at is read, and in a team everybody who looks has seen it. */
function useReading(conversation: ConversationDetail, { me, members }: ReturnType<typeof usePeople>): void {
	const { id, unread, lastAt, seenBy } = conversation;
	const told = useRef("");
	const hasTeam = me?.role === "member" || !!members?.length;
	const seenAt = seenBy.find(({ userId }) => userId === me?.userId)?.seenAt ?? "";
	const unseen = hasTeam && seenAt < lastAt;
	useEffect(() => {
		const read = () => {
			if (document.hidden || leftUnread.peek() === id) return;
			if (unread === 0 && (!unseen || told.current === lastAt)) return;
			told.current = lastAt;
			void markRead({ id });
		};
		read();
		document.addEventListener("visibilitychange", read);
		return () => document.removeEventListener("visibilitychange", read);
	}, [id, unread, unseen, lastAt]);
}

const TYPING_MS = 6_000;

/** Who else is here: who writes now, and who of the team has seen the latest. */
function Company({
	conversation: { id, lastAt, seenBy },
	people,
}: {
	conversation: ConversationDetail;
	people: ReturnType<typeof usePeople>;
}) {
	const writing = useSignal<string | null>(null);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const end = onTyping(({ conversationId, userId }) => {
			if (conversationId !== id) return;
			writing.value = userId;
			clearTimeout(timer);
			timer = setTimeout(() => {
				writing.value = null;
			}, TYPING_MS);
		});
		return () => {
			end();
			clearTimeout(timer);
		};
	}, [id]);
	const others = seenBy
		.filter(({ userId, seenAt }) => userId !== people.me?.userId && seenAt >= lastAt)
		.map(({ name }) => name);
	const told = writing.value
		? `${personWord(writing.value, people, seenBy)} is replying…`
		: others.length > 0
			? `Seen by ${new Intl.ListFormat("en").format(others)}`
			: "";
	return (
		<p class="text-muted mx-auto w-full max-w-3xl flex-none px-4 pb-1 text-end text-xs empty:hidden" role="status">
			{told}
		</p>
	);
}
