import { ulid } from "ulid";
import { typedDestination } from "../consent/reach/destination";
import { mustBeOpen, mustReach } from "../consent/reach/store";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { Fault, notFound } from "../errors";
import { findUser, liveSession, spendAs } from "../identity/store";
import { publish } from "../live/store";
import { tell, tellWallet } from "../live/tell";
import { mustOwnVoice } from "../numbers/held/store";
import { reachOf } from "../numbers/reach";
import { earlierOutcome, keptFault } from "../once/once";
import type { Outcome } from "../once/outcome";
import { markUnknown, type Once, openOperation, settleOperation } from "../once/store";
import { CarrierUnclear } from "../outside/carrier/carrier";
import { parsePhone } from "../pure/phone";
import type { House, Scope } from "../scope";
import { reserveUsage } from "../wallet/usage/store";
import { callbackUrl } from "./callback-url";
import { faultAtCarrier } from "./carrier-fault";
import { type Call, CallShape, type PlaceInput } from "./inputs";
import { minutesTo, settling } from "./leg-money";
import { callOnWire } from "./shape";
import { accountOfCall, type CallRow, endUnplaced, notePlaced, noteUnclear, ONE_AT_A_TIME, placeCallOf } from "./store";
import { addEventAnyAccount, noteFailed } from "./story/store";

/** What an Idempotency-Key of a call is for. */
export const PLACE_KIND = "call.place";
const RING_SECONDS = 40;

/** Whom the carrier calls back first: the caller's own browser, or the telephone that is the caller's. */
interface CallBack {
	address: string;
	/** What the telephone's leg costs is set aside too. */
	country: string | null;
}

/**
 * Calls somebody from a line of one's own: first one's own browser or telephone rings, then the other end. The minutes that there is
 * money for are set aside before anything rings, and charged by what was spoken. An unclear answer of the carrier is never repeated.
 */
export async function placeCall(scope: Scope, input: PlaceInput, once: Once): Promise<Outcome<Call>> {
	const to = await typedDestination(scope, input.to, { country: input.country, line: input.from });
	const from = parsePhone(input.from)?.e164 ?? input.from;
	if (to.e164 === from) throw new Fault("invalid_input", "to: this is the line that you call from");
	const back = await callBack(scope, input.via);
	const id = `call_${ulid(scope.now())}`;
	try {
		const { row, minutes } = await begin(scope, { id, from, to, via: input.via, back, once });
		return await askCarrier(scope, row, back, minutes);
	} catch (error) {
		if (brokenRule(error) === ONE_AT_A_TIME)
			throw new Fault("conflict", "You are in a call from the browser already", { cause: error });
		const earlier = await earlierOutcome(scope, PLACE_KIND, once, CallShape, error);
		if (!earlier) throw error;
		return earlier;
	}
}

async function callBack(scope: Scope, via: PlaceInput["via"]): Promise<CallBack> {
	const user = await findUser(scope.db, scope.accountId, scope.userId);
	if (user?.status !== "active") throw notFound("User");
	if (via === "browser") return { address: `client:${user.care4wId}`, country: null };
	if (!user.personalE164)
		throw new Fault("not_ready", "Say first in the settings which telephone is yours, or call from the browser");
	return { address: user.personalE164, country: parsePhone(user.personalE164)?.country || "*" };
}

interface Beginning {
	id: string;
	from: string;
	to: { e164: string; country: string };
	via: PlaceInput["via"];
	back: CallBack;
	once: Once;
}

async function begin(scope: Scope, { id, from, to, via, back, once }: Beginning) {
	const { accountId, db, settings, userId } = scope;
	const now = scope.now();
	const phoneRef = `${id}.phone`;
	const hint = accountOfCall(id);
	const before: Statement[] = [
		liveSession(db, scope),
		openOperation(db, accountId, { id, userId, kind: PLACE_KIND, once, hold: 0, detail: { callId: id }, now }),
		mustOwnVoice(db, accountId, reachOf(scope), from),
		mustReach(db, accountId, to.country),
		mustBeOpen(db, accountId, to.e164, "calls"),
		...spendAs(db, scope, id),
		...(back.country === null
			? []
			: [
					...spendAs(db, scope, phoneRef),
					reserveUsage(db, accountId, minutesTo(back.country, phoneRef, back.address, now)),
				]),
	];
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const placing = { id, accountId, userId, from, to: to.e164, via, usageRef: id, lookAfter, now };
	const results = await inOneBatch<Statement>(db, [
		...before,
		reserveUsage(db, accountId, minutesTo(to.country, id, to.e164, now)),
		placeCallOf(db, placing),
		addEventAnyAccount(db, id, { kind: "placed", detail: { via, to: to.e164 }, now }),
		publish(db, hint.account, "call", hint.payload, now),
	]);
	const [held, rows, , told] = results.slice(before.length) as [
		{ unitsHeld: number }[],
		CallRow[],
		unknown,
		Parameters<typeof tell>[1],
	];
	tell(scope, told);
	tellWallet(scope, accountId);
	const [row] = rows;
	if (!row) throw new Error("the insert returned no call");
	return { row, minutes: held[0]?.unitsHeld ?? 1 };
}

async function askCarrier(scope: Scope, row: CallRow, back: CallBack, minutes: number): Promise<Outcome<Call>> {
	const { carrier, db, settings, accountId } = scope;
	const { id } = row;
	try {
		const { ref } = await carrier.placeCall({
			to: back.address,
			from: row.fromAddress,
			answerUrl: callbackUrl(settings, "agent", { callId: id }),
			statusUrl: callbackUrl(settings, "status", { callId: id }),
			ringSeconds: RING_SECONDS,
			maxSeconds: (minutes + 2) * 60,
		});
		const body = callOnWire({
			call: row,
			peerName: row.peerName,
			recordingId: null,
			recordingKind: null,
			recordingSeconds: null,
		});
		await inOneBatch(db, [
			notePlaced(db, accountId, id, ref),
			settleOperation(db, accountId, id, { state: "done", responseBody: JSON.stringify(body), now: scope.now() }),
		]);
		return { state: "done", body, replayed: false };
	} catch (error) {
		if (error instanceof CarrierUnclear) {
			await inOneBatch(db, [noteUnclear(db, accountId, id), markUnknown(db, accountId, id)]);
			return { state: "pending", operationId: id, replayed: false };
		}
		const fault = faultAtCarrier(error);
		if (!fault) throw error;
		await giveUp(scope, row, fault);
		throw fault;
	}
}

/** Ends a call that never came to anything: nothing is charged. */
export async function giveUp(
	house: House,
	call: Pick<CallRow, "id" | "accountId" | "via">,
	fault: Fault,
): Promise<void> {
	const { db } = house;
	const now = house.now();
	const { id, accountId } = call;
	const hint = accountOfCall(id);
	const results = await inOneBatch<Statement>(db, [
		noteFailed(db, id, { reason: fault.code, message: fault.message, now }),
		endUnplaced(db, accountId, id, fault.code, now),
		...settling(
			db,
			call,
			[{ ref: id, seconds: 0 }, ...(call.via === "phone" ? [{ ref: `${id}.phone`, seconds: 0 }] : [])],
			now,
		),
		settleOperation(db, accountId, id, { state: "failed", responseBody: keptFault(fault), now }),
		publish(db, hint.account, "call", hint.payload, now),
	]);
	tell(house, results.at(-1) as Parameters<typeof tell>[1]);
	tellWallet(house, accountId);
}
