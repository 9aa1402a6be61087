import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import type { House } from "../scope";
import { noteStatusAnyAccount } from "./calls/store";
import { Spec } from "./inputs";
import { findAssistant, keepAddress } from "./store";

/** A call that is under way and that an assistant shall take. */
export interface CallForAssistant {
	assistantId: string;
	/** The carrier's id of the call. */
	carrierRef: string;
	/** E.164; "" for callers who hide theirs. */
	from: string;
	to: string;
}

/** Where to send the call: to an address by SIP, or (simulation) say this and hang up. */
export type DialTarget = { kind: "sip"; uri: string } | { kind: "pretend"; says: string };

/**
 * Where a call goes that an assistant shall take: for whoever routes incoming calls by a rule of its own (business hours, a menu). Null
 * when this assistant cannot take it now: not the account's, not at its provider, or the provider does not say; then go on with the
 * next step of the route. In simulation the call is written down as one that the assistant took, and its report comes once the call
 * log says that it is over.
 */
export async function dialTarget(house: House, accountId: string, call: CallForAssistant): Promise<DialTarget | null> {
	const { db, assistants } = house;
	const row = await findAssistant(db, accountId, call.assistantId);
	if (!row?.providerRef || row.status === "deleting") return null;
	if (row.provider === "real") {
		const uri = row.address ?? (await assistants.openAddress(row.id, row.providerRef).catch(() => null));
		if (uri && row.address === null) await inOneBatch(db, [keepAddress(db, accountId, row.id, uri)]);
		return uri ? { kind: "sip", uri } : null;
	}
	const { from: customer, to: ownNumber, carrierRef } = call;
	const ids = { callRef: `sim_${carrierRef}`, carrierRef, assistantRef: row.providerRef, numberRef: null };
	const about = { ...ids, customer, ownNumber, direction: "inbound" } as const;
	const at = house.now();
	await inOneBatch(db, [noteStatusAnyAccount(db, about, { id: `acl_${ulid(at)}`, status: "in-progress", at })]);
	const { firstMessage, name } = Spec.parse(row.spec);
	return { kind: "pretend", says: firstMessage || `Hello, this is ${name}. How can I help you?` };
}
