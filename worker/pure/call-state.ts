/** A carrier's words for where a call stands. */
export type CallStatus =
	| "queued"
	| "initiated"
	| "ringing"
	| "in-progress"
	| "completed"
	| "busy"
	| "failed"
	| "no-answer"
	| "canceled";

// Every ending has the same rank, so the first one that arrives is final and no later one replaces it.
const OVER = 5;
const RANK: ReadonlyMap<string, number> = new Map<CallStatus, number>([
	["queued", 1],
	["initiated", 2],
	["ringing", 3],
	["in-progress", 4],
	["completed", OVER],
	["busy", OVER],
	["failed", OVER],
	["no-answer", OVER],
	["canceled", OVER],
]);

/** Where a status stands in a call's life, to be stored beside it. 0 for words we do not know: they never end a call. */
export function rankOf(status: string): number {
	return RANK.get(status) ?? 0;
}

/** True when nothing can follow this status. */
export function isOver(status: string): boolean {
	return rankOf(status) === OVER;
}

/** True when `status` moves on a call that is known to have reached `knownRank`. Repeats, late arrivals and unknown words do not. */
export function isNews(knownRank: number, status: string): boolean {
	return rankOf(status) > knownRank;
}
