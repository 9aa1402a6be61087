import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { notFound } from "../errors";
import { liveSession } from "../identity/store";
import { keptFault } from "../once/once";
import { markUnknown, mustBeUnsettled, openOperation, settleOperation } from "../once/store";
import { CarrierRefusal } from "../outside/carrier/carrier";
import type { House, Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { findNumber, mustBeActive } from "./held/store";
import { settingsBefore } from "./settings-before";
import { refusalFault } from "./settle";
import { beginRelease, endRelease, type NumberRow, numberIn, undoRelease } from "./store";

export const RELEASE_KIND = "number_release";

/**
 * Gives a number up: out of use here at once, then back at the carrier, then anybody's. "releasing" when the carrier does not tell;
 * the completer goes on asking.
 */
export async function releaseNumber(scope: Scope, id: string): Promise<"released" | "releasing"> {
	ownerOnly(scope);
	const { db, accountId, userId } = scope;
	try {
		return await release(scope, { accountId, userId, id }, [liveSession(db, scope)]);
	} catch (error) {
		if (brokenRule(error) !== "nothing_changed_meanwhile") throw error;
		const number = await findNumber(db, accountId, id);
		if (number?.status === "releasing") return "releasing";
		throw notFound("Phone number");
	}
}

/** Gives up a number whose rent was not paid for too long, and tells its owner. */
export async function releaseUnpaid(house: House, { accountId, id }: NumberRow, notice: Statement): Promise<void> {
	await release(house, { accountId, userId: accountId, id }, [notice]);
}

/** Writes the release down together with `others`, and asks the carrier. */
async function release(
	house: House,
	{ accountId, userId, id }: { accountId: string; userId: string; id: string },
	others: Statement[],
): Promise<"released" | "releasing"> {
	const { db } = house;
	const operationId = `op_${ulid()}`;
	const results = await inOneBatch<Statement>(db, [
		...others,
		mustBeActive(db, accountId, id),
		openOperation(db, accountId, {
			id: operationId,
			userId,
			kind: RELEASE_KIND,
			once: { key: null, requestHash: "" },
			hold: 0,
			detail: { numberId: id },
			now: house.now(),
		}),
		beginRelease(db, accountId, id),
	]);
	return finishRelease(house, operationId, numberIn(results.at(-1)));
}

/** The carrier's half, and ours after it. A number that was adopted is only set back: it was the installation's before. Repeating it does no harm: a line that is gone counts as given back. */
export async function finishRelease(
	{ db, carrier, now }: House,
	operationId: string,
	number: NumberRow,
): Promise<"released" | "releasing"> {
	const { accountId, id } = number;
	try {
		const before = settingsBefore(number);
		if (number.carrierRef !== null && before) await carrier.detachLine(number.carrierRef, before);
		else if (number.carrierRef !== null) await carrier.releaseLine(number.carrierRef);
	} catch (error) {
		if (!(error instanceof CarrierRefusal)) {
			await markUnknown(db, accountId, operationId);
			return "releasing";
		}
		const fault = refusalFault(error);
		await inOneBatch<Statement>(db, [
			mustBeUnsettled(db, accountId, operationId),
			undoRelease(db, accountId, id),
			settleOperation(db, accountId, operationId, { state: "failed", responseBody: keptFault(fault), now: now() }),
		]);
		throw fault;
	}
	await inOneBatch<Statement>(db, [
		mustBeUnsettled(db, accountId, operationId),
		...endRelease(db, accountId, id, now()),
		settleOperation(db, accountId, operationId, { state: "done", responseBody: "null", now: now() }),
	]);
	return "released";
}
