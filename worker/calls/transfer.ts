import { typedDestination } from "../consent/reach/destination";
import { inOneBatch, type Statement } from "../db/client";
import { Fault } from "../errors";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { CarrierRefusal } from "../outside/carrier/carrier";
import { checkSteps } from "../routing/check";
import type { RouteStep } from "../routing/inputs";
import type { Scope } from "../scope";
import { callbackUrl } from "./callback-url";
import { endLine, partnerOf } from "./consult/lines";
import { type ConsultRow, LIVE, latestConsult, leaveRooms } from "./consult/store";
import { callUnderWay } from "./hang-up";
import type { TransferInput } from "./inputs";
import { type CallRow, setRoute } from "./store";
import { addEventAnyAccount } from "./story/store";

const RING_SECONDS = 30;
/** A call that is handed on and on goes round in a circle. */
const MOST_TRANSFERS = 10;

/**
 * Hands a call that came in to somebody else and lets go of it: a person's browser, a number, a queue or voicemail. Whoever was called
 * hears the rest of the old leg end; the caller hears the new one ring.
 */
export async function transferCall(scope: Scope, id: string, input: TransferInput): Promise<void> {
	const call = await callUnderWay(scope, id);
	if (call.direction === "outbound")
		throw new Fault("conflict", "Only calls that came in can be handed on; this one was made from here");
	if (call.answeredAt === null) throw new Fault("conflict", "Nobody has answered this call yet");
	const [consult] = await latestConsult(scope.db, scope.accountId, id);
	if (consult && LIVE.includes(consult.state))
		throw new Fault("conflict", "Somebody is asked about this call: connect them or go back to the caller first");
	await sendTo(scope, call, await stepFor(scope, input));
}

/** Where a transfer goes, as a step of a route; everything in it is the account's. */
export async function stepFor(scope: Scope, input: TransferInput): Promise<RouteStep> {
	const step = await written(scope, input);
	await checkSteps(scope, [step]);
	return step;
}

async function written(scope: Scope, input: TransferInput): Promise<RouteStep> {
	const { number, transferNumberId, memberId, queueId } = input;
	if (number !== undefined) {
		const { e164 } = await typedDestination(scope, number, { country: input.country, field: "number" });
		return { kind: "forward", number: e164, seconds: RING_SECONDS, shows: "line" };
	}
	if (transferNumberId !== undefined)
		return { kind: "forward", transferNumberId, seconds: RING_SECONDS, shows: "line" };
	if (memberId !== undefined) return { kind: "ring", userIds: [memberId], order: "all", seconds: RING_SECONDS };
	if (queueId !== undefined) return { kind: "queue", queueId };
	return { kind: "voicemail", maxSeconds: 120 };
}

/** Has a call do one thing from now on, and leave a message when nobody is there. */
export async function sendTo(scope: Scope, call: CallRow & { carrierRef: string }, step: RouteStep): Promise<void> {
	const { db, accountId, carrier, settings, userId } = scope;
	const now = scope.now();
	const moves = transfersOf(call.route) + 1;
	if (moves > MOST_TRANSFERS) throw new Fault("conflict", "This call was handed on too often");
	const steps: RouteStep[] = step.kind === "voicemail" ? [step] : [step, { kind: "voicemail", maxSeconds: 120 }];
	const results = await inOneBatch<Statement>(db, [
		setRoute(db, accountId, call.id, { steps, moves }),
		addEventAnyAccount(db, call.id, { kind: "transferred", detail: { by: userId, to: { ...step } }, now }),
		publish(db, accountId, "call", { callId: call.id }, now),
		leaveRooms(db, accountId, call.id),
	]);
	tell(scope, results[2] as OutboxRow[]);
	const [met] = results[3] as ConsultRow[];
	try {
		await carrier.redirectCall(call.carrierRef, callbackUrl(settings, "next", { callId: call.id, branch: "moved" }));
	} catch (error) {
		if (error instanceof CarrierRefusal) throw new Fault("conflict", "This call is over", { cause: error });
		throw error;
	}
	// Lines that are joined to each other part by themselves; one that is alone in a room does not.
	if (met) await endLine(scope, partnerOf(met));
}

function transfersOf(route: unknown): number {
	return typeof route === "object" && route !== null && "moves" in route && typeof route.moves === "number"
		? route.moves
		: 0;
}
