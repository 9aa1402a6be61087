import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { messageRankOf } from "../pure/message-state";
import type { House } from "../scope";
import { refundUnsent } from "../wallet/store";
import { HEARD_BEFORE, hearingStatusAnyAccount, hintIfMoved } from "./store";

/** What the carrier told of a message of ours. `messageId`: whom the callback's own address names; null when it names nobody. */
export interface StatusNews {
	messageId: string | null;
	carrierRef: string;
	status: string;
	errorCode: string | null;
}

/** Keeps a status callback, once, and moves its message on: never back, whatever the order. One round trip. */
export async function hearStatus(
	house: House,
	{ messageId, carrierRef, status, errorCode }: StatusNews,
): Promise<void> {
	const { db } = house;
	const now = house.now();
	const eventKey = `${carrierRef}:${status}`;
	const rank = messageRankOf(status);
	const { account, payload, audience } = hintIfMoved(messageId ?? "", eventKey);
	try {
		const results = await inOneBatch<Statement>(db, [
			...hearingStatusAnyAccount(db, { messageId, carrierRef, eventKey, status, rank, errorCode, now }),
			refundUnsent(db, messageId ?? "", now),
			publish(db, account, "message_status", payload, now, audience),
		]);
		tell(house, results.at(-1) as OutboxRow[]);
	} catch (error) {
		if (brokenRule(error) !== HEARD_BEFORE) throw error;
	}
}
