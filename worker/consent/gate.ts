import type { Db } from "../db/client";
import { Fault } from "../errors";
import { type Channel, isSuppressed } from "./store";

/** Throws `opted_out` when this account may not call or text the number. One read on the primary; the statement that sends checks again. */
export async function gate(db: Db, accountId: string, e164: string, channel: Channel): Promise<void> {
	if (await isSuppressed(db, accountId, e164, channel))
		throw new Fault("opted_out", "This person has asked for silence, or is on your do-not-call list");
}
