import { notFound } from "../errors";
import type { Scope } from "../scope";
import { ownerOnly } from "../wallet/owner-only";
import { findChannel } from "./channels/store";
import { releaseNumber } from "./release";

/** Deletes a channel: its number is given up, and the channel goes with it. */
export async function deleteChannel(scope: Scope, id: string): Promise<"released" | "releasing"> {
	ownerOnly(scope);
	const found = await findChannel(scope.db, scope.accountId, null, id);
	if (!found) throw notFound("Channel");
	return releaseNumber(scope, found.number.id);
}
