import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import { liveSession, spendAs } from "../identity/store";
import { tellWallet } from "../live/tell";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { markUnknown, mustBeUnsettled, openOperation } from "../once/store";
import { CarrierBusy, CarrierRefusal, type Line } from "../outside/carrier/carrier";
import type { SoldLine } from "../pure/line";
import { MICROS } from "../pure/money";
import type { Scope } from "../scope";
import { bookHold, creditShortfall, pricesIn } from "../wallet/store";
import { Bought } from "./inputs";
import { priceFor } from "./prices";
import { giveUp, keep, type Purchase, refusalFault } from "./settle";
import {
	type Candidate,
	monthlyPrice,
	mustCost,
	type NumberRow,
	numberIn,
	ONE_OWNER_RULE,
	reserveInstead,
	reserveNumber,
} from "./store";

export type PurchaseKind = "number_purchase" | "channel_number" | "batch_number";

export interface Order extends Pick<SoldLine, "country" | "type"> {
	kind: PurchaseKind;
	/** In order of preference. */
	candidates: Candidate[];
	label: string;
	/** What the buyer was shown; null when nobody was shown a price. */
	quotedMicros: number | null;
	channel: Purchase["channel"];
	/** Only in simulation: a balance that does not cover the price is topped up with pretended money. */
	creditShortfall: boolean;
	parentId?: string;
}

/**
 * Buys one number: sets the money aside, asks the carrier, and then charges or gives back, each once. A carrier that does not say how
 * it went leaves the outcome pending for `settlePurchases`. Throws when nothing was begun: no money, number taken, price changed.
 */
export async function buy(scope: Scope, order: Order, once: Once): Promise<Outcome<Bought>> {
	const operationId = `op_${ulid()}`;
	let number: NumberRow;
	try {
		number = await reserve(scope, operationId, order, once);
	} catch (error) {
		const earlier = await earlierOutcome(scope, order.kind, once, Bought, error);
		if (earlier) return earlier;
		throw await whyNotReserved(scope, order, error);
	}
	return connect(scope, { operationId, userId: scope.userId, number, channel: order.channel }, order.candidates);
}

/** The first round trip: operation, number and money, or none of them. */
async function reserve(scope: Scope, operationId: string, order: Order, once: Once): Promise<NumberRow> {
	const { db, accountId, userId } = scope;
	const { country, type, candidates, channel, kind, label, parentId, quotedMicros } = order;
	const now = scope.now();
	const id = `num_${ulid()}`;
	const rest: Statement[] = [];
	if (quotedMicros !== null) rest.push(mustCost(db, country, type, quotedMicros));
	if (order.creditShortfall) rest.push(creditShortfall(db, accountId, operationId, now));
	const memo = candidates[0]?.e164 ?? "";
	const [, , reserved] = await inOneBatch<Statement>(db, [
		liveSession(db, scope),
		openOperation(db, accountId, {
			id: operationId,
			userId,
			kind,
			once,
			hold: monthlyPrice(country, type),
			detail: { numberId: id, channel },
			now,
			parentId,
		}),
		reserveNumber(db, accountId, {
			id,
			operationId,
			candidates,
			country,
			lineType: type,
			label,
			provider: scope.carrier.name,
			assignedTo: scope.role === "member" ? userId : null,
			now,
		}),
		...rest,
		...spendAs(db, scope, operationId),
		bookHold(db, accountId, operationId, { kind: "number_hold", from: "available", to: "held", memo, now }),
	]);
	return numberIn(reserved);
}

/** What the buyer is told when the first round trip did not happen. */
async function whyNotReserved(scope: Scope, order: Order, error: unknown): Promise<unknown> {
	const rule = brokenRule(error);
	if (rule === ONE_OWNER_RULE) return new Fault("already_exists", "This number has an owner already", { cause: error });
	if (rule === "wallet_covers")
		return new Fault("out_of_credit", "The balance does not cover this number. Top up the wallet.", { cause: error });
	if (rule !== "nothing_changed_meanwhile") return error;
	const price = priceFor(await pricesIn(scope.db, "number_month", order.country), order.country, order.type);
	return new Fault("price_changed", `This number costs ${price / MICROS} USD a month`, {
		details: [{ path: "monthlyPrice", message: String(price / MICROS) }],
		cause: error,
	});
}

async function connect(scope: Scope, purchase: Purchase, candidates: Candidate[]): Promise<Outcome<Bought>> {
	const { db, accountId, carrier } = scope;
	let { number } = purchase;
	const others = candidates.slice(candidates.findIndex(({ e164 }) => e164 === number.e164) + 1);
	for (;;) {
		let line: Line;
		try {
			line = await carrier.buyLine({ e164: number.e164, operationId: purchase.operationId });
		} catch (error) {
			const next = error instanceof CarrierRefusal && error.reason === "not_available" && (await swap(others));
			if (next) {
				number = { ...number, ...next };
				continue;
			}
			if (error instanceof CarrierRefusal || error instanceof CarrierBusy)
				return giveUp(scope, { ...purchase, number }, refusalFault(error));
			await markUnknown(db, accountId, purchase.operationId);
			tellWallet(scope, accountId);
			return { state: "pending", operationId: purchase.operationId, replayed: false };
		}
		return keep(scope, { ...purchase, number }, line);
	}

	/** Moves the purchase on to the next number that nobody here has. */
	async function swap(rest: Candidate[]): Promise<Candidate | null> {
		for (let next = rest.shift(); next; next = rest.shift())
			try {
				await inOneBatch(db, [
					mustBeUnsettled(db, accountId, purchase.operationId),
					reserveInstead(db, accountId, number.id, next),
				]);
				return next;
			} catch (error) {
				if (brokenRule(error) !== ONE_OWNER_RULE) throw error;
			}
		return null;
	}
}
