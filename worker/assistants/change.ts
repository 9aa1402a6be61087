import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import type { Scope } from "../scope";
import { settledRefusal, settleKept } from "./create";
import { clearFault } from "./faults";
import { type Assistant, type AssistantChange, Spec } from "./inputs";
import { assistantOnWire } from "./shape";
import { type AssistantRow, findAssistant, wantSpec } from "./store";

/**
 * Changes an assistant here and at the provider, or neither: a refusal takes the change back. "pending" when nobody can tell; one
 * change is on its way at a time, so that two cannot overtake each other.
 */
export async function changeAssistant(scope: Scope, id: string, input: AssistantChange): Promise<Assistant> {
	const { db, accountId, settings } = scope;
	const before = await findAssistant(db, accountId, id);
	if (!before) throw notFound("Assistant");
	const { userId: _, ...change } = input;
	const now = scope.now();
	const spec = { ...Spec.parse(before.spec), ...definite(change) };
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const [row] = await wantSpec(db, accountId, id, { spec, was: before.version, lookAfter, now });
	if (!row)
		throw new Fault("in_progress", "An earlier change is on its way to the assistant provider", { retryAfter: 5 });
	return tellProvider(scope, row);
}

async function tellProvider(scope: Scope, row: AssistantRow): Promise<Assistant> {
	const spec = Spec.parse(row.spec);
	try {
		if (row.providerRef === null)
			return await settleKept(scope, row, (await scope.assistants.create(row.id, spec)).ref);
		await scope.assistants.update(row.providerRef, row.id, spec);
	} catch (error) {
		const fault = clearFault(error);
		if (!fault) return assistantOnWire(row);
		await inOneBatch(scope.db, settledRefusal(scope, row, fault));
		throw fault;
	}
	return settleKept(scope, row, row.providerRef);
}

function definite<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
	return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
		[K in keyof T]: Exclude<T[K], undefined>;
	};
}
