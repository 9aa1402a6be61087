import { inOneBatch, type Statement } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import { reachOf } from "../../numbers/reach";
import { CarrierRefusal } from "../../outside/carrier/carrier";
import type { RouteStep } from "../../routing/inputs";
import type { Scope } from "../../scope";
import { callbackUrl } from "../callback-url";
import { findCall } from "../log/store";
import { addEventAnyAccount } from "../story/store";
import { sendTo } from "../transfer";
import { backInLineAnyAccount, leaving, taking, waitingIn } from "./store";

interface Entry {
	queueId: string;
	entryId: string;
}

/** Connects a caller who waits with the browser of whoever asks. Exactly one agent gets the caller; the others are told that somebody did. */
export async function answerFromQueue(scope: Scope, entry: Entry): Promise<void> {
	const { db, accountId, userId, carrier, settings } = scope;
	const now = scope.now();
	const [taken] = await taking(db, accountId, reachOf(scope), { ...entry, by: userId, now });
	if (!taken) throw await whyNot(scope, entry);
	const { callId } = taken;
	const call = await findCall(db, accountId, null, callId);
	try {
		if (!call?.carrierRef) throw new CarrierRefusal("not_found", "", "the call is over");
		await carrier.redirectCall(call.carrierRef, callbackUrl(settings, "taken", { callId, about: entry.entryId }));
	} catch (error) {
		await inOneBatch(db, [backInLineAnyAccount(db, entry.entryId)]);
		if (error instanceof CarrierRefusal) throw new Fault("conflict", "The caller has just hung up", { cause: error });
		throw error;
	}
	await noteIn(scope, entry, callId, "taken");
}

/** Ends the call of somebody who waits. */
export async function dropFromQueue(scope: Scope, entry: Entry): Promise<void> {
	const callId = await leave(scope, entry, "dropped");
	const call = await findCall(scope.db, scope.accountId, null, callId);
	if (call?.carrierRef) await scope.carrier.endCall(call.carrierRef);
}

/** Sends somebody who waits elsewhere. */
export async function transferFromQueue(scope: Scope, entry: Entry, step: RouteStep): Promise<void> {
	const rows = await waitingIn(scope.db, scope.accountId, reachOf(scope), entry.queueId);
	const found = rows?.find((row) => row.entry.id === entry.entryId);
	const call = found && (await findCall(scope.db, scope.accountId, null, found.entry.callId));
	if (!call?.carrierRef) throw await whyNot(scope, entry);
	const callId = await leave(scope, entry, "transferred");
	await sendTo(scope, { ...call, id: callId, carrierRef: call.carrierRef }, step);
}

async function leave(scope: Scope, entry: Entry, state: "dropped" | "transferred"): Promise<string> {
	const [left] = await leaving(scope.db, scope.accountId, reachOf(scope), { ...entry, state, now: scope.now() });
	if (!left) throw await whyNot(scope, entry);
	await noteIn(scope, entry, left.callId, state);
	return left.callId;
}

async function noteIn(scope: Scope, { queueId }: Entry, callId: string, kind: string): Promise<void> {
	const { db, accountId, userId } = scope;
	const now = scope.now();
	const results = await inOneBatch<Statement>(db, [
		addEventAnyAccount(db, callId, { kind: `queue_${kind}`, detail: { queueId, by: userId }, now }),
		publish(db, accountId, "queue", { queueId, callId }, now),
	]);
	tell(scope, results[1] as OutboxRow[]);
}

async function whyNot(scope: Scope, { queueId, entryId }: Entry): Promise<Fault> {
	const rows = await waitingIn(scope.db, scope.accountId, reachOf(scope), queueId);
	if (!rows) return notFound("Queue");
	return rows.some(({ entry }) => entry.id === entryId)
		? new Fault("conflict", "Somebody else has just taken this call")
		: notFound("Waiting call");
}
