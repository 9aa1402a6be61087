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
import { refusalFault } from "./settle";
import { beginRelease, endRelease, findNumber, mustBeActive, type NumberRow, numberIn, undoRelease } from "./store";

export const RELEASE_KIND = "number_release";

/**
 * Gives a number up: out of use here at once, then back at the carrier, then anybody's. "releasing" when the carrier does not tell;
 * the completer goes on asking.
 */
export async function releaseNumber(scope: Scope, id: string): Promise<"released" | "releasing"> {
	ownerOnly(scope);
	const { db, accountId, userId } = scope;
	const operationId = `op_${ulid()}`;
	try {
		const [, , , releasing] = await inOneBatch<Statement>(db, [
			liveSession(db, scope),
			mustBeActive(db, accountId, id),
			openOperation(db, accountId, {
				id: operationId,
				userId,
				kind: RELEASE_KIND,
				once: { key: null, requestHash: "" },
				hold: 0,
				detail: { numberId: id },
				now: scope.now(),
			}),
			beginRelease(db, accountId, id),
		]);
		return await finishRelease(scope, operationId, numberIn(releasing));
	} catch (error) {
		if (brokenRule(error) !== "nothing_changed_meanwhile") throw error;
		const number = await findNumber(db, accountId, id);
		if (number?.status === "releasing") return "releasing";
		throw notFound("Phone number");
	}
}

/** The carrier's half, and ours after it. Repeating it does no harm: a line that is gone counts as given back. */
export async function finishRelease(
	{ db, carrier, now }: House,
	operationId: string,
	number: NumberRow,
): Promise<"released" | "releasing"> {
	const { accountId, id } = number;
	try {
		if (number.carrierRef !== null) await carrier.releaseLine(number.carrierRef);
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
