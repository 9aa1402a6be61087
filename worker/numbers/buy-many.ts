import { ulid } from "ulid";
import * as z from "zod";
import { inOneBatch } from "../db/client";
import { Fault } from "../errors";
import type { Once } from "../http/idempotency";
import { liveSession } from "../identity/store";
import { earlierOutcome } from "../once/once";
import type { Outcome } from "../once/outcome";
import { type OperationRow, openOperation, settleOperation } from "../once/store";
import type { Scope } from "../scope";
import { buy, type Order } from "./buy";
import { Bought } from "./inputs";

export type ManyKind = "number_batch" | "channel_batch";

const Part = z.object({
	status: z.enum(["purchased", "pending", "failed"]),
	operationId: z.string().nullable(),
	bought: Bought.nullable(),
	error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Part = z.output<typeof Part>;

/** What a batch came to: one part per number that was asked for. */
export const Parts = z.object({ batchId: z.string(), requested: z.int(), parts: z.array(Part) });
export type Parts = z.output<typeof Parts>;

// Cloudflare opens six connections per invocation; the database needs some of them.
const AT_ONCE = 3;
const ALONE: Once = { key: null, requestHash: "" };

/** Buys several numbers, each on its own: one that fails costs nothing, and the others stay. `orderOf` makes each part's order. */
export async function buyMany(
	scope: Scope,
	{ kind, count, orderOf }: { kind: ManyKind; count: number; orderOf: () => Order },
	once: Once,
): Promise<Outcome<Parts>> {
	const { db, accountId, userId } = scope;
	const id = `op_${ulid()}`;
	const opening = { id, userId, kind, once, hold: 0, detail: { requested: count }, now: scope.now() };
	try {
		await inOneBatch(db, [liveSession(db, scope), openOperation(db, accountId, opening)]);
	} catch (error) {
		const earlier = await earlierOutcome(scope, kind, once, Parts, error);
		if (earlier) return earlier;
		throw error;
	}
	const parts: Part[] = [];
	const broke = () => parts.find(({ error }) => error?.code === "out_of_credit");
	let begun = 0;
	const worker = async () => {
		while (begun < count) {
			begun++;
			parts.push(broke() ?? (await buyPart(scope, { ...orderOf(), parentId: id })));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	const body: Parts = { batchId: id, requested: count, parts };
	await settleOperation(db, accountId, id, { state: "done", responseBody: JSON.stringify(body), now: scope.now() });
	return { state: "done", body, replayed: false };
}

async function buyPart(scope: Scope, order: Order): Promise<Part> {
	try {
		const outcome = await buy(scope, order, ALONE);
		if (outcome.state === "done") return { status: "purchased", operationId: null, bought: outcome.body, error: null };
		if (outcome.state === "failed") return failedPart(outcome.fault);
		return { status: "pending", operationId: outcome.operationId, bought: null, error: null };
	} catch (error) {
		if (error instanceof Fault) return failedPart(error);
		throw error; // nobody knows how it went, so nobody may say; the completer ends the batch
	}
}

function failedPart({ code, message }: Pick<Fault, "code" | "message">): Part {
	return { status: "failed", operationId: null, bought: null, error: { code, message } };
}

const KeptError = z.object({ code: z.string(), message: z.string() });

/** A batch as its parts tell it: for one that was cut off, and for what was pending when it was answered. */
export function partsFrom(batch: OperationRow, operations: OperationRow[]): Parts {
	const { requested } = z.object({ requested: z.int() }).parse(batch.detail);
	const kept = batch.responseBody === null ? null : Parts.parse(JSON.parse(batch.responseBody));
	if (!kept) return { batchId: batch.id, requested, parts: operations.map(partOf) };
	const byId = new Map(operations.map((operation) => [operation.id, operation]));
	const parts = kept.parts.map((part) => {
		const operation = part.operationId && byId.get(part.operationId);
		return operation ? partOf(operation) : part;
	});
	return { ...kept, parts };
}

function partOf({ id, state, responseBody }: OperationRow): Part {
	const kept: unknown = JSON.parse(responseBody ?? "null");
	if (state === "done") return { status: "purchased", operationId: id, bought: Bought.parse(kept), error: null };
	if (state === "failed") return { status: "failed", operationId: id, bought: null, error: KeptError.parse(kept) };
	return { status: "pending", operationId: id, bought: null, error: null };
}
