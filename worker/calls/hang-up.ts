import { inOneBatch } from "../db/client";
import { Fault, notFound } from "../errors";
import { reachOf } from "../numbers/reach";
import type { Scope } from "../scope";
import { endLine } from "./consult/lines";
import { LIVE, latestConsult } from "./consult/store";
import { findCall } from "./log/store";
import type { CallRow } from "./store";
import { addEventAnyAccount } from "./story/store";

/** The call, if it goes on over the carrier and the caller may see it; a conflict when it does not. */
export async function callUnderWay(scope: Scope, id: string): Promise<CallRow & { carrierRef: string }> {
	const call = await findCall(scope.db, scope.accountId, reachOf(scope), id);
	if (!call) throw notFound("Call");
	const { carrierRef } = call;
	if (call.endedAt !== null || carrierRef === null) throw new Fault("conflict", "This call does not go on");
	return { ...call, carrierRef };
}

/** Ends a call for everybody in it. Its status callback writes down the end. */
export async function hangUp(scope: Scope, id: string): Promise<void> {
	const call = await callUnderWay(scope, id);
	const detail = { by: scope.userId };
	const [, [consult]] = await inOneBatch(scope.db, [
		addEventAnyAccount(scope.db, id, { kind: "hang_up", detail, now: scope.now() }),
		latestConsult(scope.db, scope.accountId, id),
	]);
	await scope.carrier.endCall(call.carrierRef);
	if (!consult || !LIVE.includes(consult.state)) return;
	for (const ref of [consult.targetRef, consult.agentRef]) await endLine(scope, ref);
}
