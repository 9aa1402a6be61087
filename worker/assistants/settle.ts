import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import { settledRefusal, settleKept } from "./create";
import { clearFault } from "./faults";
import { Spec } from "./inputs";
import { finishRemoval } from "./remove";
import { type AssistantRow, lookLater, overdueAnyAccount } from "./store";

const AT_ONCE = 20;
const AGAIN_MS = 60_000;

/** Brings assistants and their provider together again after requests that were cut off midway. */
export async function settleAssistants(house: House): Promise<void> {
	for (const row of await overdueAnyAccount(house.db, house.now(), AT_ONCE)) {
		// Whatever happens to this one, the others get their turn before it does again.
		await inOneBatch(house.db, [lookLater(house.db, row, house.now() + AGAIN_MS)]);
		await (row.status === "deleting" ? finishRemoval(house, row) : settleOne(house, row));
	}
}

async function settleOne(house: House, row: AssistantRow): Promise<void> {
	const spec = Spec.parse(row.spec);
	try {
		const known = row.providerRef ?? (await house.assistants.find(row.id, row.createdAt))?.ref;
		if (known) await house.assistants.update(known, row.id, spec);
		const ref = known ?? (await house.assistants.create(row.id, spec)).ref;
		await settleKept(house, row, ref);
	} catch (error) {
		const fault = clearFault(error);
		if (fault?.code === "carrier_refused") await inOneBatch(house.db, settledRefusal(house, row, fault));
		else console.warn(JSON.stringify({ level: "warn", assistant: row.id, waits: "settling", error: String(error) }));
	}
}
