import { ulid } from "ulid";
import { inOneBatch } from "../db/client";
import { fixed } from "../db/fixed";
import { publish } from "../live/store";
import { tell } from "../live/tell";
import { voiceAnswer } from "../outside/carrier/twiml";
import { readLine } from "../pure/line";
import type { House } from "../scope";
import { type CallContext, contextIn, readingContext } from "./context/store";
import type { CarrierForm } from "./inputs";
import { branchOf, instruct } from "./instruct";
import { type ComingIn, hintOf, takeCallByNumberAnyAccount } from "./store";
import { isNamed } from "./story/store";

/** A line of ours that calls in so often at a time goes round in a circle; a company may well call from one number many times at once. */
const MOST_HOPS = { ownLine: 3, others: 30 };

const taking = fixed<ComingIn>()((db, its) => {
	const { account, payload } = hintOf(isNamed({ callId: undefined, carrierRef: its.carrierRef }));
	return [...takeCallByNumberAnyAccount(db, its), publish(db, account, "call", payload, its.now)] as const;
});

/** A call comes in: it stands in the log, its pages are told, and it hears what its line's owner decided. Repeats hear the same. One trip. */
export async function receiveCall(house: House, form: CarrierForm): Promise<string> {
	const { db, settings } = house;
	const now = house.now();
	const coming = {
		id: `call_${ulid(now)}`,
		carrierRef: form.CallSid,
		from: callerOf(form.From),
		to: form.To,
		name: form.CallerName ?? "",
		lookAfter: now + settings.COMPLETER_AGE_SECONDS * 1000,
		now,
	};
	const [, , events, ...read] = await inOneBatch(db, [
		...taking(db, coming),
		...readingContext(db, { carrierRef: form.CallSid }, now),
	]);
	tell(house, events);
	const call = contextIn(read);
	const branch = call ? branchOf(call, now) : "reject";
	if (!call || branch === "reject" || isCircling(call)) return voiceAnswer().reject().toXml();
	return (await instruct(house, call, branch, 0)).toXml();
}

function isCircling({ fromAddress, hops, isOwnLine }: CallContext): boolean {
	return fromAddress !== "" && hops > (isOwnLine === 1 ? MOST_HOPS.ownLine : MOST_HOPS.others);
}

/** The caller's number; '' when it is hidden, or no telephone's. */
function callerOf(from: string): string {
	const line = from.startsWith("+") ? readLine(from) : null;
	// What carriers put in place of a number that is hidden spells ANONYMOUS, RESTRICTED and the like on a telephone's keys.
	return line && !/^\+?(266696687|7378742833|2562533|8566|86282452253|464)$/.test(line.e164) ? line.e164 : "";
}
