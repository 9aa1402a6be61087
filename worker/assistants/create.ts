import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault } from "../errors";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { earlierOutcome, keptFault } from "../once/once";
import type { Outcome } from "../once/outcome";
import { markUnknown, type Once, openOperation, settleOperation } from "../once/store";
import type { House, Scope } from "../scope";
import { clearFault } from "./faults";
import { Assistant, type AssistantInput, Spec } from "./inputs";
import { assistantOnWire } from "./shape";
import { type AssistantRow, addAssistant, keepSpec, takeBackSpec } from "./store";

const KIND = "assistant_create";

/**
 * Makes an assistant here and at the provider. A refusal is told and leaves an assistant in error, so that what was written is not
 * lost; when nobody can tell, the completer finds out.
 */
export async function createAssistant(scope: Scope, input: AssistantInput, once: Once): Promise<Outcome<Assistant>> {
	const { db, accountId, userId } = scope;
	const { userId: _, ...spec } = input;
	const operationId = `op_${ulid()}`;
	const row = newRow(scope, spec, operationId);
	try {
		await inOneBatch<Statement>(db, [
			openOperation(db, accountId, {
				id: operationId,
				userId,
				kind: KIND,
				once,
				hold: 0,
				detail: {},
				now: scope.now(),
			}),
			...addAssistant(db, accountId, row),
		]);
	} catch (error) {
		if (brokenRule(error) === "nothing_changed_meanwhile")
			throw new Fault("conflict", "An account has at most 100 assistants. Delete one that is not used.");
		const earlier = await earlierOutcome(scope, KIND, once, Assistant, error);
		if (earlier) return earlier;
		throw error;
	}
	return finishCreation(scope, row);
}

/** The provider's half and ours after it. */
async function finishCreation(scope: Scope, row: AssistantRow): Promise<Outcome<Assistant>> {
	const { db } = scope;
	const operationId = row.operationId ?? "";
	try {
		const { ref } = await scope.assistants.create(row.id, Spec.parse(row.spec));
		return { state: "done", body: await settleKept(scope, row, ref), replayed: false };
	} catch (error) {
		const fault = clearFault(error);
		if (fault) {
			await inOneBatch<Statement>(db, settledRefusal(scope, row, fault));
			return { state: "failed", fault, replayed: false };
		}
		await markUnknown(db, row.accountId, operationId);
		return { state: "pending", operationId, replayed: false };
	}
}

/** Notes that the provider has made it, and what whoever asks again is told. */
export async function settleKept(house: House, row: AssistantRow, ref: string): Promise<Assistant> {
	const { db, now } = house;
	const body = assistantOnWire({ ...row, status: "active", providerRef: ref, error: null, updatedAt: now() });
	const results = await inOneBatch<Statement>(db, [
		keepSpec(db, row, ref, now()),
		...settled(house, row, "done", JSON.stringify(body)),
		publish(db, row.accountId, "assistant", { assistantId: row.id }, now()),
	]);
	tell(house, results.at(-1) as OutboxRow[]);
	return body;
}

/** Notes that the provider will not have it. */
export function settledRefusal(house: House, row: AssistantRow, fault: Fault): Statement[] {
	return [takeBackSpec(house.db, row, fault.message, house.now()), ...settled(house, row, "failed", keptFault(fault))];
}

/** Ends the operation that made it. A later change is under no operation. */
function settled({ db, now }: House, row: AssistantRow, state: "done" | "failed", responseBody: string): Statement[] {
	if (row.operationId === null || row.version > 1) return [];
	return [settleOperation(db, row.accountId, row.operationId, { state, responseBody, now: now() })];
}

function newRow(scope: Scope, spec: Omit<AssistantInput, "userId">, operationId: string): AssistantRow {
	const now = scope.now();
	return {
		id: `asst_${ulid()}`,
		accountId: scope.accountId,
		status: "pending",
		provider: scope.assistants.name === "simulated" ? "simulated" : "real",
		providerRef: null,
		name: spec.name,
		spec,
		keptSpec: null,
		address: null,
		error: null,
		version: 1,
		operationId,
		lookAfter: now + scope.settings.COMPLETER_AGE_SECONDS * 1000,
		createdAt: now,
		updatedAt: now,
	};
}
