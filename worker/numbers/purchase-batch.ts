import { Fault, notFound } from "../errors";
import type { Once } from "../http/idempotency";
import { type Outcome, withBody } from "../once/outcome";
import { findWithParts } from "../once/store";
import { money, toMicros } from "../pure/money";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { buyMany, type Parts, partsFrom } from "./buy-many";
import type { Batch, BatchInput } from "./inputs";
import { stock } from "./search";

/** Numbers to have at hand beyond those asked for, should others buy at the same moment. */
const SPARE = 10;

/** Buys `count` numbers of a country and tells of each how it went. What failed was not charged. */
export async function purchaseBatch(scope: Scope, input: BatchInput, once: Once): Promise<Outcome<Batch>> {
	ownerOnly(scope);
	const { country, areaCode, contains, type, capabilities = {}, label, count } = input;
	const candidates = await stock(scope, { country, type, areaCode, contains, capabilities, limit: count + SPARE });
	if (candidates.length === 0) throw new Fault("not_found", "No numbers like these are for sale");
	const orderOf = () => ({
		kind: "batch_number" as const,
		country,
		type,
		candidates,
		label,
		quotedMicros: null,
		channel: null,
		creditShortfall: false,
	});
	const wanted = Math.min(count, candidates.length);
	const outcome = await buyMany(scope, { kind: "number_batch", count: wanted, orderOf }, once);
	return withBody(outcome, (parts) => batchOnWire({ ...parts, requested: count }, "done"));
}

/** How a batch stands now. */
export async function readBatch(scope: Scope, id: string): Promise<Batch> {
	ownerOnly(scope);
	const { db, accountId } = scope;
	const { whole: batch, parts: operations } = await findWithParts(db, accountId, id);
	if (batch?.kind !== "number_batch") throw notFound("Batch");
	return batchOnWire(partsFrom(batch, operations), batch.state === "done" ? "done" : "running");
}

function batchOnWire({ batchId, requested, parts }: Parts, status: Batch["status"]): Batch {
	const count = (wanted: string) => parts.filter((part) => part.status === wanted).length;
	const spent = parts.reduce((sum, { bought }) => sum + toMicros(bought?.number.monthlyPrice ?? 0), 0);
	const missing = status === "done" ? requested - parts.length : 0;
	const unsold = { code: "not_found", message: "No more numbers like these are for sale" };
	return {
		batchId,
		status,
		requested,
		purchased: count("purchased"),
		pending: count("pending"),
		failed: count("failed") + missing,
		spent: money(spent),
		results: [
			...parts.map(({ status, bought, error }) => ({
				status,
				number: bought?.number.number ?? null,
				phoneNumber: bought?.number ?? null,
				error,
			})),
			...Array.from({ length: missing }, () => ({
				status: "failed" as const,
				number: null,
				phoneNumber: null,
				error: unsold,
			})),
		],
	};
}
