import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import type { House, Scope } from "../scope";
import { type AssistantRow, beginRemoval, endRemoval, findAssistant } from "./store";

/** Deletes an assistant here and at the provider. One that answers a number has to be disconnected first. */
export async function removeAssistant(scope: Scope, id: string): Promise<"deleted" | "deleting"> {
	const { db, accountId, settings } = scope;
	const now = scope.now();
	const [row] = await beginRemoval(db, accountId, id, now + settings.COMPLETER_AGE_SECONDS * 1000, now);
	if (row) return finishRemoval(scope, row);
	const found = await findAssistant(db, accountId, id);
	if (!found) throw notFound("Assistant");
	if (found.status === "deleting") return "deleting";
	if (found.status === "pending")
		throw new Fault("in_progress", "A change is on its way to the assistant provider", { retryAfter: 5 });
	throw new Fault("conflict", "This assistant answers a number. Disconnect it first.");
}

/** The provider's half and ours after it; repeating it does no harm. */
export async function finishRemoval(house: House, row: AssistantRow): Promise<"deleted" | "deleting"> {
	try {
		const ref = row.providerRef ?? (await house.assistants.find(row.id, row.createdAt))?.ref;
		if (ref) await house.assistants.remove(ref);
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", assistant: row.id, waits: "removal", error: String(error) }));
		return "deleting";
	}
	await inOneBatch(house.db, [endRemoval(house.db, row.accountId, row.id, house.now())]);
	return "deleted";
}
