import { signal } from "@preact/signals";
import { OFFLINE, refusalFrom } from "./refusal";
import type { Session } from "./wire";

/** Who is signed in here. Undefined until it is known, null when nobody is. Lives in memory only. */
export const session = signal<Session | null | undefined>(undefined);

/** Renew this long before the token ends, so that no request leaves with one about to expire. */
const MARGIN_SECONDS = 30;
const LOCK = "trunkline-session";
const SEEN = "trunkline.signed-in";

// Tabs hand each other the fresh session, because a refresh token works once and every tab needs the result.
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(LOCK);
tabs?.addEventListener("message", ({ data }: MessageEvent<Session | null>) => {
	session.value = data;
});

function isFresh(held: Session | null | undefined): held is Session {
	return !!held && held.expires_at > Date.now() / 1000 + MARGIN_SECONDS;
}

/** Whether somebody was signed in here when the session was last seen. Unknown where nothing may be stored. */
export function mayBeSignedIn(): boolean {
	try {
		return localStorage.getItem(SEEN) !== null;
	} catch {
		return true;
	}
}

function note(held: Session | null): void {
	try {
		if (held) localStorage.setItem(SEEN, "1");
		else localStorage.removeItem(SEEN);
	} catch {
		// Not allowed here; the door asks the server then.
	}
}

/** Keeps a session and tells the other tabs. Null ends it everywhere. */
export function keepSession(held: Session | null): void {
	session.value = held;
	note(held);
	tabs?.postMessage(held);
}

async function renew(stale: string | undefined): Promise<Session | null> {
	const held = session.peek();
	// Another tab may have renewed while this one waited for the lock.
	if (isFresh(held) && held.access_token !== stale) return held;
	const reply = await fetch("/api/auth/refresh", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: "{}",
	}).catch(() => {
		throw OFFLINE;
	});
	if (reply.status >= 500 || reply.status === 429) throw await refusalFrom(reply);
	const told: { session: Session } | null = reply.ok ? await reply.json() : null;
	keepSession(told?.session ?? null);
	return told?.session ?? null;
}

let renewal: Promise<Session | null> | undefined;

/** A session that is good for a request, renewed when needed: once at a time over every tab. `stale` is a token that was refused. */
export function liveSession(stale?: string): Promise<Session | null> {
	const held = session.peek();
	if (isFresh(held) && held.access_token !== stale) return Promise.resolve(held);
	renewal ??= (navigator.locks ? navigator.locks.request(LOCK, () => renew(stale)) : renew(stale)).finally(() => {
		renewal = undefined;
	});
	return renewal;
}
