import { AlarmClock, MessageCircle, PenLine, User } from "lucide-preact";
import type { ComponentChildren } from "preact";
import type { Conversation } from "../../lib/wire";
import { count } from "../../lib/words";
import { draftOf } from "./drafts";
import { addressWith, open, place } from "./place";
import { initials, peerWord, when } from "./words";

interface Props {
	conversation: Conversation & { match?: { messageId: string; text: string; createdAt: string } | null };
	/** The own number's name, when it is not the main line. */
	line: string | null;
	current: boolean;
}

/** One conversation in the list: with whom, over which number, the last words, what is unread. */
export function ConversationLine({ conversation, line, current }: Props) {
	const { id, unread, match, labels, status, snoozedUntil } = conversation;
	const target = { id, m: match?.messageId };
	const draft = current ? "" : draftOf(id);
	return (
		<a
			href={addressWith(target)}
			data-conversation={id}
			class={`line relative flex gap-3 border-b px-4 py-3 hover:bg-base-200 ${current ? "bg-base-200" : ""}`}
			aria-current={current ? "true" : undefined}
			onClick={(event) => {
				if (event.metaKey || event.ctrlKey || event.shiftKey) return;
				event.preventDefault();
				open(target);
			}}
		>
			{current && <span class="bg-primary absolute inset-y-0 start-0 w-0.5" />}
			<Avatar conversation={conversation} />
			<span class="min-w-0 flex-1">
				<span class="flex items-baseline gap-2">
					<span class={`min-w-0 flex-1 truncate ${unread ? "font-semibold" : "font-medium"}`}>
						<bdi>{peerWord(conversation)}</bdi>
					</span>
					<time class="text-muted flex-none text-xs" dateTime={conversation.lastAt}>
						{when(match?.createdAt ?? conversation.lastAt)}
					</time>
				</span>
				<span class="mt-0.5 flex items-center gap-2 text-sm">
					<span dir="auto" class={`min-w-0 flex-1 truncate ${unread ? "" : "text-muted"}`}>
						{match ? (
							<Marked text={match.text} words={place.value.q ?? ""} />
						) : draft ? (
							<span class="inline-flex max-w-full items-center gap-1">
								<PenLine size={12} class="text-primary flex-none" aria-label="Draft:" />
								<bdi class="truncate">{draft}</bdi>
							</span>
						) : (
							<LastWords conversation={conversation} />
						)}
					</span>
					{unread > 0 && (
						<span class="bg-primary text-primary-content num grid h-5 min-w-5 flex-none place-items-center rounded-full px-1 text-xs font-semibold">
							{unread > 99 ? "99+" : count(unread)}
							<span class="sr-only"> unread</span>
						</span>
					)}
				</span>
				{(line || labels.length > 0 || status !== "open") && (
					<span class="mt-1 flex flex-wrap items-center gap-1">
						{line && <Chip>{line}</Chip>}
						{status === "snoozed" && snoozedUntil && (
							<Chip>
								<AlarmClock size={11} aria-label="Sleeps until" /> {when(snoozedUntil)}
							</Chip>
						)}
						{status === "done" && <Chip>Done</Chip>}
						{status === "archived" && <Chip>Archived</Chip>}
						{labels.map((label) => (
							<Chip key={label}>
								<bdi>{label}</bdi>
							</Chip>
						))}
					</span>
				)}
			</span>
		</a>
	);
}

function LastWords({ conversation: { lastText, lastDirection } }: { conversation: Conversation }) {
	return (
		<>
			{lastDirection === "outbound" && <span>You: </span>}
			<bdi>{lastText || "A picture or file"}</bdi>
		</>
	);
}

/** Initials, or a figure for who has no name; a sign for WhatsApp. */
export function Avatar({ conversation }: { conversation: Pick<Conversation, "peerName" | "channel"> }) {
	const letters = initials(conversation.peerName);
	return (
		<span
			class="bg-base-300 relative grid size-8 flex-none place-items-center rounded-full text-xs font-semibold"
			aria-hidden
		>
			{letters || <User size={16} class="text-muted" />}
			{conversation.channel === "whatsapp" && (
				<span class="bg-success text-success-content absolute -end-1 -bottom-1 grid size-4 place-items-center rounded-full">
					<MessageCircle size={9} strokeWidth={3} />
				</span>
			)}
		</span>
	);
}

export function Chip({ children }: { children: ComponentChildren }) {
	return (
		<span class="line text-muted inline-flex max-w-full items-center gap-1 truncate rounded-selector border px-2 text-xs">
			{children}
		</span>
	);
}

/** A text with the words that were looked for made visible, beginning near the first of them. */
function Marked({ text, words }: { text: string; words: string }) {
	const wanted = words.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	if (wanted.length === 0) return <bdi>{text}</bdi>;
	const found = new RegExp(`(${wanted.join("|")})`, "giu");
	const at = text.search(found);
	const shown = at > 24 ? `…${text.slice(at - 16)}` : text;
	return (
		<bdi>
			{shown.split(found).map((part, index) => (index % 2 ? <mark key={`${index}${part}`}>{part}</mark> : part))}
		</bdi>
	);
}
