import { inOneBatch } from "../../db/client";
import type { House } from "../../scope";
import { finishConnection } from "./connect";
import { connectLater, overdueConnectionsAnyAccount } from "./store";

const AT_ONCE = 20;
const AGAIN_MS = 60_000;

/** Goes on with connections and disconnections that were cut off midway, until provider and house agree. */
export async function settleConnections(house: House): Promise<void> {
	for (const found of await overdueConnectionsAnyAccount(house.db, house.now(), AT_ONCE)) {
		await inOneBatch(house.db, [connectLater(house.db, found.connection, house.now() + AGAIN_MS)]);
		await finishConnection(house, found, false);
	}
}
