import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Heard, ListName } from "../../../worker/live/protocol";
import { allChanged, changed } from "./cache";
import { session } from "./session";

// What happens in the account, told by the server. Hints only: what counts is read again from the API.

export type LiveEvent = Extract<Heard, { kind: "event" }>;
export type LiveTyping = Extract<Heard, { kind: "typing" }>;

/** Whether the feed is heard right now. */
export const feed = signal<"off" | "connecting" | "on">("off");

/** Which readings an event makes stale, for every page; what is finer than that listens by itself. */
const STALE: Record<string, string[]> = {
	assistant: ["assistants", "assistant-connections", "numbers"],
	wallet: ["wallet", "spend", "payments", "subscription", "notices"],
};

/** Which readings show a list, or something of it. */
const SHOWN_BY: Record<ListName, string[]> = {
	"phone-numbers": ["numbers", "channels", "assistant-connections"],
	channels: ["numbers", "channels", "assistant-connections"],
	contacts: ["contacts", "lists", "segments", "anybody", "conversations", "conversation", "calls"],
	"contact-lists": ["lists", "contacts", "imports"],
	segments: ["segments"],
	"do-not-call": ["do-not-call", "contacts"],
	"greeting-files": ["greetings"],
	"transfer-numbers": ["transfers"],
	"sip-providers": ["sip-providers"],
	"message-templates": ["templates"],
	"sub-accounts": ["sub-accounts", "numbers"],
	"api-keys": ["api-keys"],
	webhooks: ["webhooks", "deliveries", "notices"],
	queues: ["queues"],
	"ring-groups": ["ring-groups"],
	campaigns: ["campaigns"],
	"voice-settings": ["voice-settings"],
	"message-settings": ["message-settings"],
	"blocked-callers": ["blocked-callers"],
	assistants: ["assistants", "assistant-connections"],
};

/** How often to read what the feed would tell of: only while it cannot be heard. */
export const whileDeaf = (milliseconds: number): number | false => (feed.value === "on" ? false : milliseconds);

type Hear<What> = (what: What) => void;
const listeners = new Map<string, Set<Hear<LiveEvent>>>();
const typists = new Set<Hear<LiveTyping>>();

/** The users who have a page open right now. */
export const present = signal<readonly string[]>([]);

/** Hears every event of a type until the way back is called. After too long an absence every reading is read again instead. */
export function onLive(type: string, hear: Hear<LiveEvent>): () => void {
	const those = listeners.get(type) ?? new Set();
	listeners.set(type, those.add(hear));
	return () => those.delete(hear);
}

/** Hears who is writing. */
export function onTyping(hear: Hear<LiveTyping>): () => void {
	typists.add(hear);
	return () => typists.delete(hear);
}

/** `onLive` for as long as a component is shown. */
export function useLive(type: string, hear: Hear<LiveEvent>): void {
	const latest = useRef(hear);
	latest.current = hear;
	useEffect(() => onLive(type, (event) => latest.current(event)), [type]);
}

/** What the socket heard, to whom it concerns. */
export function spread(heard: Heard): void {
	if (heard.kind === "resync") void allChanged();
	if (heard.kind === "changed") rereadSoon(SHOWN_BY[heard.list] ?? []);
	if (heard.kind === "presence") present.value = heard.users;
	if (heard.kind === "typing") for (const hear of typists) hear(heard);
	if (heard.kind !== "event") return;
	const stale = STALE[heard.type];
	if (stale) void changed(...stale);
	for (const hear of listeners.get(heard.type) ?? []) hear(heard);
}

/** The feed is heard again: which lists have changed meanwhile, it does not say. */
export function hearsAgain(): void {
	rereadSoon(Object.values(SHOWN_BY).flat());
}

const GATHER_MS = 300;
const gathered = new Set<string>();

/** Reads what is shown of these again; what is told in quick succession is read once. */
function rereadSoon(keys: readonly string[]): void {
	if (gathered.size === 0)
		setTimeout(() => {
			void changed(...gathered);
			gathered.clear();
		}, GATHER_MS);
	for (const key of keys) gathered.add(key);
}

// The socket itself comes after the page, and goes with the session.
const socket = () => import("./live-socket").then(({ liveSocket }) => liveSocket);

/** Tells the others that somebody here is writing. */
export function sayTyping(conversationId: string): void {
	void socket().then((open) => open.say({ kind: "typing", conversationId }));
}

/** Listens while somebody is signed in. */
export function startLive(): void {
	let userId: string | undefined;
	effect(() => {
		const now = session.value?.user.id;
		if (now === userId) return;
		userId = now;
		void socket().then((open) => (now === undefined ? open.shut() : open.open()));
	});
}
