import type { InferRequestType } from "hono/client";
import { api, said } from "../../lib/api";
import { changed, put } from "../../lib/cache";
import { tellTrouble, tellUndoable } from "../../lib/toasts";
import type { Conversation, ConversationDetail, Page } from "../../lib/wire";

export type ConversationChange = InferRequestType<(typeof api.conversations)[":id"]["$patch"]>["json"];

/** Changes a conversation and shows it. */
export async function changeConversation(id: string, change: ConversationChange): Promise<void> {
	const back = put<ConversationDetail>(["conversation", id], (old) => ({ ...old, ...shownOf(change) }));
	try {
		await said(api.conversations[":id"].$patch({ param: { id }, json: change }));
	} catch (error) {
		back();
		throw error;
	}
	await changed("conversation", "conversations", "conversation-labels", "timeline");
}

// What can be shown before the server has said so.
function shownOf({ status, assignedTo, labels }: ConversationChange): Partial<ConversationDetail> {
	return {
		...(status ? { status } : {}),
		...(assignedTo === undefined ? {} : { assignedTo }),
		...(labels ? { labels } : {}),
	};
}

const DEEDS = {
	open: "is open again.",
	done: "is done.",
	archived: "is archived.",
	snoozed: "sleeps until then.",
} as const;

/** Moves a conversation off the list at once, and offers the way back. */
export async function settle(
	{ id, status: before, snoozedUntil }: Pick<Conversation, "id" | "status" | "snoozedUntil">,
	name: string,
	change: { status: keyof typeof DEEDS; snoozedUntil?: string },
): Promise<void> {
	const back = put<Page<Conversation>[]>(["conversations"], (pages) =>
		pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
	);
	const earlier = { status: before, ...(before === "snoozed" && snoozedUntil ? { snoozedUntil } : {}) };
	try {
		await changeConversation(id, change);
		tellUndoable(
			`${name} ${DEEDS[change.status]}`,
			() => {},
			() => void changeConversation(id, earlier).catch(tellTrouble),
		);
	} catch (error) {
		back();
		tellTrouble(error);
	}
}

/** Notes that somebody here has read it. */
export async function markRead({ id }: Pick<Conversation, "id">): Promise<void> {
	put<Page<Conversation>[]>(["conversations"], (pages) =>
		pages.map((page) => ({
			...page,
			items: page.items.map((item) => (item.id === id ? { ...item, unread: 0 } : item)),
		})),
	);
	put<ConversationDetail>(["conversation", id], (old) => ({ ...old, unread: 0 }));
	await said(api.conversations[":id"].read.$post({ param: { id } })).catch(() => {}); // it stays unread and says so
}

const EVENING = 18;
const MORNING = 8;
const HOUR_MS = 3_600_000;

/** When a conversation could come back, in words and as a time. */
export function snoozes(now = new Date()): { word: string; until: Date }[] {
	const at = (days: number, hours: number) => {
		const date = new Date(now);
		date.setDate(date.getDate() + days);
		date.setHours(hours, 0, 0, 0);
		return date;
	};
	const toMonday = (8 - now.getDay()) % 7 || 7;
	return [
		{ word: "In an hour", until: new Date(now.getTime() + HOUR_MS) },
		...(now.getHours() < EVENING - 1 ? [{ word: "This evening", until: at(0, EVENING) }] : []),
		{ word: "Tomorrow morning", until: at(1, MORNING) },
		...(toMonday > 1 ? [{ word: "Monday morning", until: at(toMonday, MORNING) }] : []),
		{ word: "In a week", until: at(7, MORNING) },
	];
}
