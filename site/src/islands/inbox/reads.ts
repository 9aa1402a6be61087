import { useEffect, useRef } from "preact/hooks";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { feed, onLive } from "../../lib/live";
import { membersQuery, profileQuery } from "../../lib/reads";
import { reading, useRead, useReadPages } from "../../lib/use-read";
import { type Place, place } from "./place";

/** What the list can show, and how the API is asked for it. */
export const SHOWS = {
	open: { word: "Open", query: { status: "open" } },
	unread: { word: "Unread", query: { status: "open", unread: "true" } },
	mine: { word: "Mine", query: { status: "open", assignedTo: "me" } },
	nobody: { word: "Nobody's", query: { status: "open", assignedTo: "nobody" } },
	snoozed: { word: "Snoozed", query: { status: "snoozed" } },
	done: { word: "Done", query: { status: "done" } },
	archived: { word: "Archived", query: { status: "archived" } },
	all: { word: "Everything", query: { status: "all" } },
} as const;
export type Show = keyof typeof SHOWS;

export function showOf({ show }: Place): Show {
	return show !== undefined && show in SHOWS ? (show as Show) : "open";
}

/** The conversations that are asked for, page by page. */
export function useConversations(wanted: Place) {
	const { label, number, q } = wanted;
	const filter = q
		? { q }
		: { ...SHOWS[showOf(wanted)].query, ...(label ? { label } : {}), ...(number ? { number } : {}) };
	return useReadPages({
		key: ["conversations", filter],
		read: (cursor) =>
			said(api.conversations.$get({ query: { limit: "30", ...filter, ...(cursor ? { cursor } : {}) } })),
	});
}

export const labelsQuery = reading({
	key: ["conversation-labels"],
	read: () => said(api["conversation-labels"].$get({ query: {} })),
});

export const useConversation = (id: string) =>
	useRead({
		key: ["conversation", id],
		read: () => said(api.conversations[":id"].$get({ param: { id }, query: {} })),
	});

export const useTimeline = (id: string) =>
	useReadPages({
		key: ["timeline", id],
		read: (cursor) =>
			said(
				api.conversations[":id"].timeline.$get({
					param: { id },
					query: { limit: "40", ...(cursor ? { cursor } : {}) },
				}),
			),
	});

/** What waits to be sent in a conversation, soonest first. */
export const useScheduled = (conversationId: string) =>
	useRead({
		key: ["scheduled", conversationId],
		read: async () => {
			const { items } = await said(api["scheduled-messages"].$get({ query: { conversationId, limit: "50" } }));
			return items
				.filter(({ state }) => state === "waiting" || state === "sending" || state === "failed")
				.sort((one, other) => one.sendAt.localeCompare(other.sendAt));
		},
	});

/** Who works in this account, as far as the person at the screen may know. */
export function usePeople() {
	const me = useRead(profileQuery);
	const members = useRead({ ...membersQuery, enabled: me.data?.role === "owner" });
	return { me: me.data, members: members.data };
}

const GATHER_MS = 60;
/** A campaign tells every second that it has moved, and seldom because it called just whoever is shown. */
const CAMPAIGN_MS = 3_000;

/** Reads again what the feed says is not as it was: the list always, the open conversation only when it is meant. */
export function useInboxFeed(): void {
	const stale = useRef(new Set<string>());
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const campaigns = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => {
		const mark = (...keys: string[]) => {
			for (const key of keys) stale.current.add(key);
			timer.current ??= setTimeout(() => {
				timer.current = undefined;
				const keys = [...stale.current];
				stale.current.clear();
				void changed(...keys);
			}, GATHER_MS);
		};
		const isOpen = (payload: unknown) =>
			typeof payload === "object" &&
			payload !== null &&
			"conversationId" in payload &&
			payload.conversationId === place.peek().id;
		const ends = [
			// What was read before the feed was heard may have changed in between.
			feed.subscribe((state) => state === "on" && mark("conversations", "conversation", "timeline")),
			onLive("message", ({ payload }) =>
				mark("conversations", ...(isOpen(payload) ? ["timeline", "conversation"] : [])),
			),
			onLive("message_status", ({ payload }) => isOpen(payload) && mark("timeline")),
			onLive("conversation", ({ payload }) =>
				mark(
					"conversations",
					"conversation-labels",
					"scheduled",
					...(isOpen(payload) ? ["timeline", "conversation"] : []),
				),
			),
			onLive("call", () => mark("timeline", "conversations")),
			onLive("campaign", () => {
				campaigns.current ??= setTimeout(() => {
					campaigns.current = undefined;
					mark("timeline");
				}, CAMPAIGN_MS);
			}),
		];
		return () => {
			for (const end of ends) end();
			clearTimeout(timer.current);
			clearTimeout(campaigns.current);
		};
	}, []);
}
