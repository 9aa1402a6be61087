import { inOneBatch, type Statement } from "../db/client";
import { brokenRule, isPassing } from "../db/guards";
import { Fault } from "../errors";
import { tellChanged, tellWallet } from "../live/tell";
import { keptFault, outcomeOf } from "../once/once";
import type { Outcome } from "../once/outcome";
import { findOperation, mustBeUnsettled, settleOperation } from "../once/store";
import { type CarrierBusy, CarrierRefusal, type Line } from "../outside/carrier/carrier";
import type { House } from "../scope";
import { bookHold, takeBackCredit } from "../wallet/store";
import { addChannel, type ChannelRow } from "./channels/store";
import { Bought } from "./inputs";
import { returnLine } from "./return-line";
import { settingsBefore } from "./settings-before";
import { channelOnWire, countryLabel, numberOnWire } from "./shape";
import { activateNumber, asSold, failNumber, type NumberRow } from "./store";

/** A purchase that is under way: what its second round trip needs, whoever makes it. */
export interface Purchase {
	operationId: string;
	userId: string;
	number: NumberRow;
	/** The channel that comes with the number, if one was asked for. A name of null: named after country and number. */
	channel: { id: string; name: string | null; type: ChannelRow["type"] } | null;
}

/**
 * The carrier has sold the line: charges for it and makes the number active, and its channel with it. When a completer has given the
 * money back meanwhile, the line goes back to the carrier.
 */
export async function keep(house: House, purchase: Purchase, line: Line): Promise<Outcome<Bought>> {
	const { db } = house;
	const { operationId, number } = purchase;
	const { accountId } = number;
	const now = house.now();
	const { channel, bought } = boughtBy(purchase, line, now);
	const memo = number.e164;
	try {
		await inOneBatch<Statement>(db, [
			mustBeUnsettled(db, accountId, operationId),
			bookHold(db, accountId, operationId, { kind: "number_charge", from: "held", to: "revenue", memo, now }),
			activateNumber(db, accountId, number.id, line, now),
			...(channel ? [addChannel(db, channel)] : []),
			settleOperation(db, accountId, operationId, { state: "done", responseBody: JSON.stringify(bought), now }),
		]);
		tellWallet(house, accountId);
		tellChanged(house, accountId, "phone-numbers");
		return { state: "done", body: bought, replayed: false };
	} catch (error) {
		if (isPassing(error)) return { state: "pending", operationId, replayed: false };
		const ended = await endedMeanwhile(house, purchase, error);
		if (ended.state === "failed")
			await returnLine(house, {
				accountId,
				userId: purchase.userId,
				e164: line.e164,
				ref: line.ref,
				before: settingsBefore(number),
			});
		return ended;
	}
}

/** The carrier has not sold the line: the money goes back, and the number is anybody's. */
export async function giveUp(house: House, purchase: Purchase, fault: Fault): Promise<Outcome<Bought>> {
	const { db } = house;
	const { operationId, number } = purchase;
	const { accountId } = number;
	const now = house.now();
	const memo = number.e164;
	try {
		await inOneBatch(db, [
			mustBeUnsettled(db, accountId, operationId),
			bookHold(db, accountId, operationId, { kind: "number_release", from: "held", to: "available", memo, now }),
			takeBackCredit(db, accountId, operationId, now),
			failNumber(db, accountId, number.id),
			settleOperation(db, accountId, operationId, { state: "failed", responseBody: keptFault(fault), now }),
		]);
		tellWallet(house, accountId);
		return { state: "failed", fault, replayed: false };
	} catch (error) {
		if (isPassing(error)) return { state: "pending", operationId, replayed: false };
		return endedMeanwhile(house, purchase, error);
	}
}

/** What the buyer is told of a carrier that does not sell. */
export function refusalFault(error: CarrierRefusal | CarrierBusy): Fault {
	if (!(error instanceof CarrierRefusal))
		return new Fault("try_again", "The carrier is busy. Try again shortly.", { retryAfter: error.retryAfterSeconds });
	if (error.reason === "not_available")
		return new Fault("conflict", "This number is not for sale any more. Choose another one.");
	if (error.reason === "needs_documents")
		return new Fault("carrier_refused", "The law of this country asks for documents before it gives out a number.");
	return new Fault("carrier_refused", `The carrier refused: ${error.message}`);
}

async function endedMeanwhile(house: House, purchase: Purchase, error: unknown): Promise<Outcome<Bought>> {
	if (brokenRule(error) !== "nothing_changed_meanwhile") throw error;
	const operation = await findOperation(house.db, purchase.number.accountId, purchase.operationId);
	if (!operation) throw error;
	return outcomeOf(operation, Bought, false);
}

function boughtBy({ channel: asked, number }: Purchase, line: Line, now: number) {
	const active: NumberRow = { ...number, ...asSold(line, now) };
	const channel: ChannelRow | null = asked && {
		id: asked.id,
		accountId: number.accountId,
		numberId: number.id,
		name: asked.name ?? `${countryLabel(number.country)} - ${number.e164}`,
		type: asked.type,
		status: "active",
		createdAt: now,
	};
	const bought = { number: numberOnWire(active), channel: channel && channelOnWire(channel, active) };
	return { channel, bought };
}
