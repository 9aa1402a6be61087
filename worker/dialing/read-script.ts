import { type Db, inOneBatch } from "../db/client";

import { partsIn, partsOf, scriptOf } from "./parts/store";
import type { Scripted } from "./script";

/** What a call that may go on is to hear; undefined for one that must not. One round trip. */
export async function readScript(db: Db, attemptId: string, carrierRef: string): Promise<Scripted | undefined> {
	const [[script], [parts]] = await inOneBatch(db, [scriptOf(db, attemptId, carrierRef), partsOf(db, attemptId)]);
	return script && { ...script, ...partsIn(parts) };
}
