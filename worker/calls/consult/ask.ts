import { ulid } from "ulid";
import { typedDestination } from "../../consent/reach/destination";
import { mustBeOpen, mustReach } from "../../consent/reach/store";
import { inOneBatch, type Statement } from "../../db/client";
import { brokenRule } from "../../db/guards";
import { Fault, notFound } from "../../errors";
import { liveSession, spendAs } from "../../identity/store";
import { type OutboxRow, publish } from "../../live/store";
import { tell, tellWallet } from "../../live/tell";
import { reachOf } from "../../numbers/reach";
import { earlierOutcome, keptFault } from "../../once/once";
import type { Outcome } from "../../once/outcome";
import { type Once, openOperation, settleOperation } from "../../once/store";
import { CarrierUnclear } from "../../outside/carrier/carrier";
import { costlyReason, parsePhone } from "../../pure/phone";
import type { Scope } from "../../scope";
import { reserveUsage } from "../../wallet/usage/store";
import { callbackUrl } from "../callback-url";
import { faultAtCarrier } from "../carrier-fault";
import { MOST_MINUTES, minutesTo, settling } from "../leg-money";
import { type Consult, type ConsultInput, ConsultShape } from "./inputs";
import { endLine, moveLine, roomUrl } from "./lines";
import { type Consultable, findConsultable, metInRooms } from "./reading/store";
import { consultOnWire } from "./shape";
import { addConsult, type ConsultRow, closeConsult, LIVE, noteAsked, ONE_AT_A_TIME, turnAnyAccount } from "./store";

/** What an Idempotency-Key of a consult is for. */
export const CONSULT_KIND = "call.consult";
const RING_SECONDS = 30;

/** Who is asked, and at which telephone; `country` of one that costs. */
type Target = Pick<ConsultRow, "kind" | "target" | "label" | "address"> & { country: string | null };

/**
 * Calls somebody about a running call, whose customer waits on hold meanwhile. The customer notices nothing of a request that is
 * refused: the other one is called before anybody is moved, and an unclear answer of the carrier moves nobody.
 */
export async function askAbout(
	scope: Scope,
	callId: string,
	input: ConsultInput,
	once: Once,
): Promise<Outcome<Consult>> {
	const { country } = input;
	const number = input.number && (await typedDestination(scope, input.number, { country, field: "number" })).e164;
	const found = await findConsultable(scope.db, scope.accountId, reachOf(scope), callId, { ...input, number });
	if (!found) throw notFound("Call");
	const target = targetOf(scope, found, input, number);
	const id = `con_${ulid(scope.now())}`;
	try {
		const begun = await begin(scope, { id, callId, target, once });
		return await askCarrier(scope, found, begun, target);
	} catch (error) {
		const earlier = await earlierOutcome(scope, CONSULT_KIND, once, ConsultShape, error);
		if (earlier) return earlier;
		const rule = brokenRule(error);
		if (rule === ONE_AT_A_TIME)
			throw new Fault("conflict", "Somebody is asked about this call already", { cause: error });
		if (rule === "nothing_changed_meanwhile")
			throw new Fault("conflict", "This call has just changed. Look at it again.", { cause: error });
		throw error;
	}
}

function targetOf(scope: Scope, call: Consultable, input: ConsultInput, number: string | undefined): Target {
	if (call.endedAt !== null || call.kind === "browser") throw new Fault("conflict", "This call does not go on");
	if (call.agentId === scope.userId && call.legRef === null)
		throw new Fault("conflict", "Nobody has answered this call yet");
	if (call.agentId !== scope.userId)
		throw new Fault("conflict", "Only who speaks in a call from a browser can ask somebody about it");
	const { memberId, transferNumberId } = input;
	if (memberId !== undefined) {
		if (call.memberIdentity === null) throw notFound("User");
		if (memberId === scope.userId) throw new Fault("invalid_input", "memberId: this is you");
		const label = call.memberName ?? "";
		return { kind: "member", target: memberId, label, address: `client:${call.memberIdentity}`, country: null };
	}
	const e164 = number ?? call.transferE164;
	const phone = e164 ? parsePhone(e164) : null;
	if (transferNumberId !== undefined && !call.transferE164) throw notFound("Transfer number");
	if (!phone || costlyReason(phone)) throw new Fault("invalid_input", "to: this number is not called");
	if (call.isOwnLine === 1)
		throw new Fault("invalid_input", "to: this is a line of your own, and the call would come back");
	if (phone.e164 === call.customer) throw new Fault("invalid_input", "to: you speak with them already");
	const country = phone.country || "*";
	return transferNumberId === undefined
		? { kind: "number", target: phone.e164, label: phone.e164, address: phone.e164, country }
		: {
				kind: "transfer_number",
				target: transferNumberId,
				label: call.transferName || phone.e164,
				address: phone.e164,
				country,
			};
}

interface Begun {
	consult: ConsultRow;
	/** The two lines are in rooms, not joined to each other. */
	met: boolean;
	seconds: number;
}

async function begin(
	scope: Scope,
	{ id, callId, target, once }: { id: string; callId: string; target: Target; once: Once },
): Promise<Begun> {
	const { accountId, db, settings, userId } = scope;
	const now = scope.now();
	const { country, ...who } = target;
	const usageRef = country === null ? null : `${callId}.${id}`;
	const before: Statement[] = [
		liveSession(db, scope),
		openOperation(db, accountId, { id, userId, kind: CONSULT_KIND, once, hold: 0, detail: { callId }, now }),
		...(country === null ? [] : [mustReach(db, accountId, country), mustBeOpen(db, accountId, who.address, "calls")]),
	];
	const money: Statement[] =
		country === null || usageRef === null
			? []
			: [...spendAs(db, scope, usageRef), reserveUsage(db, accountId, minutesTo(country, usageRef, who.address, now))];
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const results = await inOneBatch<Statement>(db, [
		...before,
		...addConsult(db, accountId, { id, callId, userId, ...who, usageRef, lookAfter, now }),
		metInRooms(db, id),
		publish(db, accountId, "call", { callId }, now),
		...money,
	]);
	const [[consult], [met], told] = results.slice(before.length + 1) as [ConsultRow[], { met: number }[], OutboxRow[]];
	const [held] = (usageRef === null ? [] : results.at(-1)) as { unitsHeld: number }[];
	if (!consult) throw new Error("the insert returned no consult");
	tell(scope, told);
	if (usageRef) tellWallet(scope, accountId);
	return { consult, met: met?.met === 1, seconds: (held?.unitsHeld ?? MOST_MINUTES) * 60 };
}

async function askCarrier(
	scope: Scope,
	call: Consultable,
	{ consult, met, seconds }: Begun,
	{ address }: Target,
): Promise<Outcome<Consult>> {
	const { carrier, db, settings, accountId } = scope;
	const { id, callId } = consult;
	let targetRef: string | null = null;
	try {
		const { ref } = await carrier.placeCall({
			to: address,
			from: call.own,
			answerUrl: roomUrl(scope, consult, 0),
			statusUrl: callbackUrl(settings, "asked", { callId, about: id }),
			ringSeconds: RING_SECONDS,
			maxSeconds: seconds,
		});
		targetRef = ref;
		const isThere = await makeRoom(scope, call, consult, met);
		if (!isThere) throw new Fault("conflict", "This call is over");
		const body = consultOnWire(consult);
		await inOneBatch<Statement>(db, [
			noteAsked(db, accountId, id, { targetRef, movedAt: scope.now() }),
			settleOperation(db, accountId, id, { state: "done", responseBody: JSON.stringify(body), now: scope.now() }),
		]);
		return { state: "done", body, replayed: false };
	} catch (error) {
		const fault = error instanceof Fault ? error : faultAtCarrier(error);
		const told = fault ?? unclear(error);
		if (!told) throw error;
		await giveUp(scope, consult, told, { targetRef, isUnclear: fault === null });
		throw told;
	}
}

/**
 * Parts the two who talk, so that each of them asks us where to go. Sending the calling line of two that are joined elsewhere would
 * drop the called one, so it is always the called one that is sent; the other follows by itself. Lines that met in a room are both sent.
 */
async function makeRoom(scope: Scope, call: Consultable, consult: ConsultRow, met: boolean): Promise<boolean> {
	const { agentRef, customerRef } = consult;
	const weCalled = call.direction === "outbound" && call.kind === "carrier";
	const move = (ref: string) => moveLine(scope, consult, ref, 0).catch(() => true); // asked twice: it has most likely been done
	if (!met) return move(weCalled ? customerRef : agentRef);
	return (await move(agentRef)) && (await move(customerRef));
}

const unclear = (error: unknown) =>
	error instanceof CarrierUnclear
		? new Fault("carrier_unclear", "The carrier did not say whether it calls them. You are still with the caller.", {
				cause: error,
			})
		: null;

/** Nobody is asked. What was set aside comes back, unless the carrier may have called them: then its word on that line says what it cost. */
async function giveUp(
	scope: Scope,
	consult: ConsultRow,
	fault: Fault,
	{ targetRef, isUnclear }: { targetRef: string | null; isUnclear: boolean },
): Promise<void> {
	const { db, accountId } = scope;
	const { id, callId, usageRef } = consult;
	const now = scope.now();
	const isNobodyCalled = targetRef === null && !isUnclear;
	const results = await inOneBatch<Statement>(db, [
		turnAnyAccount(db, id, { from: LIVE, to: "failed", reason: isUnclear ? "unclear" : "unreachable", now }),
		...(targetRef === null ? [] : [noteAsked(db, accountId, id, { targetRef })]),
		...(isNobodyCalled && usageRef
			? settling(db, { id: callId, accountId }, [{ ref: usageRef, seconds: 0 }], now)
			: []),
		...(isNobodyCalled ? [closeConsult(db, accountId, id)] : []),
		settleOperation(db, accountId, id, { state: "failed", responseBody: keptFault(fault), now }),
		publish(db, accountId, "call", { callId }, now),
	]);
	tell(scope, results.at(-1) as OutboxRow[]);
	if (usageRef) tellWallet(scope, accountId);
	await endLine(scope, targetRef);
}
