import { inOneBatch } from "../db/client";
import { fixed } from "../db/fixed";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { messageRankOf } from "../pure/message-state";
import type { House } from "../scope";
import { refundUnsent } from "../wallet/store";
import { HEARD_BEFORE, type HeardStatus, hearingStatusAnyAccount, hintIfMoved } from "./store";

/** What the carrier told of a message of ours. `messageId`: whom the callback's own address names; null when it names nobody. */
export interface StatusNews {
	messageId: string | null;
	carrierRef: string;
	status: string;
	errorCode: string | null;
}

/** The carrier tells of each message three times or four, so nothing else is heard as often. */
const hearing = fixed<HeardStatus>()((db, its) => {
	const { account, payload, audience } = hintIfMoved(its.messageId, its.eventKey);
	return [
		...hearingStatusAnyAccount(db, its),
		refundUnsent(db, its.messageId, its.now),
		publish(db, account, "message_status", payload, its.now, audience),
	];
});

/** Keeps a status callback, once, and moves its message on: never back, whatever the order. One round trip. */
export async function hearStatus(
	house: House,
	{ messageId, carrierRef, status, errorCode }: StatusNews,
): Promise<void> {
	const { db } = house;
	const now = house.now();
	const eventKey = `${carrierRef}:${status}`;
	const rank = messageRankOf(status);
	try {
		const news = { messageId, carrierRef, eventKey, status, rank, errorCode, now };
		const results = await inOneBatch(db, hearing(db, news));
		tell(house, results.at(-1) as OutboxRow[]);
	} catch (error) {
		if (brokenRule(error) !== HEARD_BEFORE) throw error;
	}
}
