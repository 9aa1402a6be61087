import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Heard } from "../../../worker/live/protocol";
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
	if (heard.kind === "presence") present.value = heard.users;
	if (heard.kind === "typing") for (const hear of typists) hear(heard);
	if (heard.kind !== "event") return;
	const stale = STALE[heard.type];
	if (stale) void changed(...stale);
	for (const hear of listeners.get(heard.type) ?? []) hear(heard);
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
