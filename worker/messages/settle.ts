import { stop } from "../consent/store";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule, isPassing } from "../db/guards";
import { Fault } from "../errors";
import { type OutboxRow, publish } from "../live/store";
import { tell, tellWallet } from "../live/tell";
import { keptFault, outcomeOf } from "../once/once";
import type { Outcome } from "../once/outcome";
import { findOperation, markUnknown, mustBeUnsettled, settleOperation } from "../once/store";
import { type CarrierBusy, CarrierRefusal } from "../outside/carrier/carrier";
import { failureWords } from "../pure/message-failures";
import { messageRankOf } from "../pure/message-state";
import type { House } from "../scope";
import { refundUnsent } from "../wallet/store";
import { settleUsage } from "../wallet/usage/store";
import { Message } from "./inputs";
import type { SentMessage } from "./reading/store";
import { messageOnWire } from "./shape";
import { accepted, hintOf, refused, unclear } from "./store";

/** A message that was begun; with its price and its event when that was just now. */
export type Begun = SentMessage & { unitMicros?: number; events?: OutboxRow[] };

/** The carrier has it: charges for what it really was, and answers with the message. Once, whoever comes first. */
export async function keepSent(
	house: House,
	sent: Begun,
	taken: { ref: string; segments: number; status?: string },
): Promise<Outcome<Message>> {
	const { db } = house;
	const { id, accountId, operationId } = sent;
	const now = house.now();
	const status = taken.status ?? "queued";
	const segments = Math.max(1, taken.segments);
	const costMicros = sent.unitMicros === undefined ? null : sent.unitMicros * Math.min(segments, sent.segments ?? 1);
	const change = { carrierRef: taken.ref, status, rank: messageRankOf(status), segments };
	const body = messageOnWire(house.settings, { ...sent, status, segments, costMicros }, sent, now);
	const { account, payload, audience } = hintOf(id);
	return ending(house, sent, { state: "done", body, replayed: false }, [
		mustBeUnsettled(db, accountId, operationId ?? ""),
		settleUsage(db, accountId, { ref: id, units: segments, now }),
		accepted(db, accountId, id, change),
		refundUnsent(db, id, now),
		settleOperation(db, accountId, operationId ?? "", { state: "done", responseBody: JSON.stringify(body), now }),
		publish(db, account, "message_status", payload, now, audience),
	]);
}

/** The carrier certainly has not taken it: the money goes back, and the message says why. */
export async function refuse(
	house: House,
	sent: Begun,
	error: CarrierRefusal | CarrierBusy,
): Promise<Outcome<Message>> {
	const code = error instanceof CarrierRefusal ? error.code : "carrier_busy";
	return giveUp(house, sent, code, faultOf(error));
}

/** Ends a message that was not sent. What the carrier says of a person who wants silence is kept, so that nobody asks again. */
export async function giveUp(house: House, sent: Begun, errorCode: string, fault: Fault): Promise<Outcome<Message>> {
	const { db } = house;
	const { id, accountId, operationId } = sent;
	const now = house.now();
	const { account, payload, audience } = hintOf(id);
	const word = { e164: sent.peer, scope: "messages", source: "carrier", evidence: id, now } as const;
	return ending(house, sent, { state: "failed", fault, replayed: false }, [
		mustBeUnsettled(db, accountId, operationId ?? ""),
		settleUsage(db, accountId, { ref: id, units: 0, now }),
		refused(db, accountId, id, { errorCode, rank: messageRankOf("failed") }),
		settleOperation(db, accountId, operationId ?? "", { state: "failed", responseBody: keptFault(fault), now }),
		...(fault.code === "opted_out" ? [stop(db, accountId, word)] : []),
		publish(db, account, "message_status", payload, now, audience),
	]);
}

/** Nobody can tell whether the carrier has it. `settleMessages` finds out. */
export async function leaveUnclear(house: House, sent: Begun): Promise<Outcome<Message>> {
	const { db } = house;
	const operationId = sent.operationId ?? "";
	const { account, payload, audience } = hintOf(sent.id);
	try {
		const results = await inOneBatch<Statement>(db, [
			markUnknown(db, sent.accountId, operationId),
			unclear(db, sent.accountId, sent.id),
			publish(db, account, "message_status", payload, house.now(), audience),
		]);
		tell(house, [...(sent.events ?? []), ...(results.at(-1) as OutboxRow[])]);
	} catch (error) {
		if (!isPassing(error)) throw error;
	}
	return { state: "pending", operationId, replayed: false };
}

async function ending(
	house: House,
	sent: Begun,
	outcome: Outcome<Message>,
	statements: Statement[],
): Promise<Outcome<Message>> {
	try {
		const results = await inOneBatch<Statement>(house.db, statements);
		tell(house, [...(sent.events ?? []), ...(results.at(-1) as OutboxRow[])]);
		tellWallet(house, sent.accountId);
		return outcome;
	} catch (error) {
		if (isPassing(error)) return { state: "pending", operationId: sent.operationId ?? "", replayed: false };
		if (brokenRule(error) !== "nothing_changed_meanwhile") throw error;
		const operation = await findOperation(house.db, sent.accountId, sent.operationId ?? "");
		if (!operation) throw error;
		return outcomeOf(operation, Message, false);
	}
}

function faultOf(error: CarrierRefusal | CarrierBusy): Fault {
	if (!(error instanceof CarrierRefusal))
		return new Fault("try_again", "The carrier is busy. Try again shortly.", { retryAfter: error.retryAfterSeconds });
	if (error.reason === "opted_out")
		return new Fault("opted_out", "The carrier says that this person has asked for silence.");
	return new Fault("carrier_refused", `The carrier refused: ${failureWords(error.code)}`, { details: error.message });
}
