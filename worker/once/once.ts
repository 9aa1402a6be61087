import * as z from "zod";
import { brokenRule } from "../db/guards";
import type { FaultCode } from "../errors";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import type { Scope } from "../scope";
import type { Outcome } from "./outcome";
import { findByKey, KEY_RULE, type OperationRow } from "./store";

const KEPT = [
	"conflict",
	"already_exists",
	"not_found",
	"out_of_credit",
	"carrier_refused",
	"carrier_unclear",
	"try_again",
	"opted_out",
] as const satisfies FaultCode[];
const KeptFault = z.object({ code: z.enum(KEPT), message: z.string(), details: z.string() });

/** What an operation keeps of the fault that ended it. */
export function keptFault({ code, message, details }: Fault): string {
	return JSON.stringify({ code, message, details: typeof details === "string" ? details : message });
}

/**
 * What became of the request that used this Idempotency-Key before. Null when `error` is about something else.
 * Throws `key_reused` for another body or user, and `in_progress` while the first request is at work.
 */
export async function earlierOutcome<Body>(
	scope: Scope,
	kind: string,
	once: Once,
	shape: z.ZodType<Body>,
	error: unknown,
): Promise<Outcome<Body> | null> {
	if (once.key === null || brokenRule(error) !== KEY_RULE) return null;
	const earlier = await findByKey(scope.db, scope.accountId, kind, once.key);
	if (!earlier) return null;
	if (earlier.requestHash !== once.requestHash || earlier.userId !== scope.userId)
		throw new Fault("key_reused", "This Idempotency-Key was used for another request");
	if (earlier.state === "open")
		throw new Fault("in_progress", "The first request with this Idempotency-Key is at work", { retryAfter: 2 });
	return outcomeOf(earlier, shape, true);
}

/** How an operation stands, in the shape in which it was answered. */
export function outcomeOf<Body>(operation: OperationRow, shape: z.ZodType<Body>, replayed: boolean): Outcome<Body> {
	if (operation.state === "open" || operation.state === "unknown")
		return { state: "pending", operationId: operation.id, replayed };
	const kept: unknown = JSON.parse(operation.responseBody ?? "null");
	if (operation.state === "done") return { state: "done", body: shape.parse(kept), replayed };
	const { code, message, details } = KeptFault.parse(kept);
	return { state: "failed", fault: new Fault(code, message, { details }), replayed };
}
