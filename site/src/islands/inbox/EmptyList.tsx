import { BellOff, Inbox, MessageSquarePlus, SearchX } from "lucide-preact";
import { Empty } from "../../kit/Empty";
import { numbersQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { narrow, open, place } from "./place";
import { usePretend } from "./pretend";
import { type Show, showOf } from "./reads";

const NOTHING: Partial<Record<Show, [title: string, words: string]>> = {
	unread: ["All read", "Nothing waits for an answer. New messages appear here by themselves."],
	mine: ["Nothing is yours", "Assign a conversation to yourself in its details, and it stands here until it is done."],
	nobody: ["Everything is assigned", "Conversations that nobody looks after stand here."],
	snoozed: ["Nothing sleeps", "Snooze a conversation and it comes back to the inbox at the time that you choose."],
	done: ["Nothing is done yet", "Press E in a conversation that needs no more of you. A new message opens it again."],
	archived: ["Nothing is archived", "What you archive stays searchable and out of the way."],
};

/** Why the list is empty, and what would fill it. */
export function EmptyList() {
	const numbers = useRead(numbersQuery);
	const isPretend = usePretend();
	const { q, label, number } = place.value;
	const special = NOTHING[showOf(place.value)];
	if (q)
		return (
			<Empty
				icon={SearchX}
				title="Nothing found"
				actions={
					<button type="button" class="btn btn-quiet" onClick={() => narrow({ q: undefined })}>
						Show all conversations
					</button>
				}
			>
				No message has these words, and no name or number these letters or digits. Try fewer, or the beginning of a
				word.
			</Empty>
		);
	if (label || number || special)
		return (
			<Empty
				icon={special ? BellOff : Inbox}
				title={special?.[0] ?? "Nothing here"}
				actions={
					<button
						type="button"
						class="btn btn-quiet"
						onClick={() => narrow({ show: undefined, label: undefined, number: undefined })}
					>
						Show open conversations
					</button>
				}
			>
				{special?.[1] ?? "No open conversation fits this filter."}
			</Empty>
		);
	if (numbers.data?.length === 0)
		return (
			<Empty
				icon={Inbox}
				title="No number yet"
				actions={
					<a class="btn btn-primary" href="/phone-config">
						Generate phone number
					</a>
				}
			>
				Get a number, and people can text and call you on it. Every conversation then stands here.
			</Empty>
		);
	return (
		<Empty
			icon={MessageSquarePlus}
			title="No messages yet"
			actions={
				<>
					<button type="button" class="btn btn-primary" onClick={() => open({ write: "1" })}>
						Write the first
					</button>
					{isPretend && (
						<a class="btn btn-quiet" href="/pretend">
							Text yourself from a pretend phone
						</a>
					)}
				</>
			}
		>
			Whoever texts your numbers appears here.
		</Empty>
	);
}
