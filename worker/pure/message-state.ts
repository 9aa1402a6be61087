/** A carrier's words for where a message stands. */
export type MessageStatus =
	| "accepted"
	| "scheduled"
	| "queued"
	| "sending"
	| "sent"
	| "partially_delivered"
	| "delivered"
	| "undelivered"
	| "failed"
	| "canceled"
	| "read"
	| "receiving"
	| "received";

// Callbacks about messages carry neither number nor time, so rank alone orders them. Endings share a rank; only
// "read" goes beyond, because a message that was read was delivered whatever the network said of it.
const OVER = 6;
const RANK: ReadonlyMap<string, number> = new Map<MessageStatus, number>([
	["accepted", 1],
	["scheduled", 1],
	["receiving", 1],
	["queued", 2],
	["sending", 3],
	["sent", 4],
	["partially_delivered", 5],
	["delivered", OVER],
	["undelivered", OVER],
	["failed", OVER],
	["canceled", OVER],
	["received", OVER],
	["read", OVER + 1],
]);

/** Where a status stands in a message's life, to be stored beside it. 0 for words we do not know. */
export function messageRankOf(status: string): number {
	return RANK.get(status) ?? 0;
}

/** True when the carrier is done with the message. */
export function isMessageOver(status: string): boolean {
	return messageRankOf(status) >= OVER;
}

/** True when `status` moves on a message that is known to have reached `knownRank`. */
export function isMessageNews(knownRank: number, status: string): boolean {
	return messageRankOf(status) > knownRank;
}
