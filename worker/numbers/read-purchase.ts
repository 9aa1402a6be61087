import type * as z from "zod";
import { notFound } from "../errors";
import { outcomeOf } from "../once/once";
import { findOperation } from "../once/store";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { Bought, type Purchase } from "./inputs";

const KINDS = ["number_purchase", "channel_number", "batch_number"];

/** What became of a purchase that was answered with 202. */
export async function readPurchase(scope: Scope, operationId: string): Promise<z.output<typeof Purchase>> {
	ownerOnly(scope);
	const operation = await findOperation(scope.db, scope.accountId, operationId);
	if (!operation || !KINDS.includes(operation.kind)) throw notFound("Purchase");
	const outcome = outcomeOf(operation, Bought, false);
	const nothing = { operationId, number: null, channel: null, error: null };
	if (outcome.state === "pending") return { ...nothing, status: "pending" };
	if (outcome.state === "done") return { ...nothing, status: "done", ...outcome.body };
	const { code, message } = outcome.fault;
	return { ...nothing, status: "failed", error: { code, message } };
}
