import { sql } from "drizzle-orm";
import { calls, contacts } from "../../db/tables";

/** The other end of a row of `calls`: who called, or who was called. */
export const peerOfCall = sql<string>`iif(${calls.direction} = 'inbound', ${calls.fromAddress}, ${calls.toAddress})`;

/**
 * What the other end of a row of `calls` is called: as the account's contacts have it now, else as it was told when the call was made;
 * '' for neither. Looked up when it is read, so that a contact who is added or renamed later is named in older calls too.
 */
export const nameOfPeer = sql<string>`coalesce((SELECT nullif(trim(k.first_name || ' ' || k.last_name), '') FROM ${contacts} k
	WHERE k.account_id = "calls"."account_id" AND k.e164 = ${peerOfCall}), ${calls.peerName})`;
