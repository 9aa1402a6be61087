import { ACCESS_SECONDS } from "../access-token";

// Access tokens outlive their session by minutes. Within the isolate that ended it, this closes the gap at no cost.
const ended = new Map<string, number>();
const MOST = 10_000;
const LEEWAY_SECONDS = 60;

/** Remembers, in this isolate, that a session is over until its last access token has expired. */
export function markEnded(...sessionIds: string[]): void {
	const now = Date.now();
	if (ended.size > MOST) for (const [id, until] of ended) if (until < now) ended.delete(id);
	for (const id of sessionIds) ended.set(id, now + (ACCESS_SECONDS + LEEWAY_SECONDS) * 1000);
}

/** True when this isolate knows the session to be over. False proves nothing: money and credentials ask the database. */
export function isKnownEnded(sessionId: string): boolean {
	return ended.has(sessionId);
}
