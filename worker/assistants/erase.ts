import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import { settleConnections } from "./connections/settle";
import { disconnectAll, isConnected } from "./connections/store";
import { finishRemoval } from "./remove";
import { condemnAll, heldByAccount } from "./store";

/** Takes an account's numbers and assistants from their provider; false: not done yet. Repeating it does no harm. */
export async function giveUpAssistants(house: House, accountId: string): Promise<boolean> {
	const { db, now } = house;
	await inOneBatch(db, [disconnectAll(db, accountId)]);
	await settleConnections(house);
	if (await isConnected(db, accountId)) return false;
	await inOneBatch(db, [condemnAll(db, accountId, now())]);
	for (const row of await heldByAccount(db, accountId))
		if ((await finishRemoval(house, row)) !== "deleted") return false;
	return true;
}
