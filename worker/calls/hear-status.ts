import { inOneBatch, type Statement } from "../db/client";
import { fixed } from "../db/fixed";
import { brokenRule } from "../db/guards";
import { publish } from "../live/store";
import { tell, tellWallet } from "../live/tell";
import { isOver, rankOf } from "../pure/call-state";
import type { House } from "../scope";
import { agentLeft } from "./consult/hear-asked";
import { letGo } from "./consult/lines";
import { latestConsultAnyAccount } from "./consult/store";
import type { CarrierForm } from "./inputs";
import { settling } from "./leg-money";
import { type HeardOfCall, hearOfCall, hintOf, type MovedCall } from "./store";
import { addEventAnyAccount, type CallName, isNamed, SEEN_BEFORE } from "./story/store";

/** The carrier tells of each call four times or five. */
const hearing = fixed<HeardOfCall>()((db, its) => {
	const { account, payload } = hintOf(isNamed(its));
	return [
		hearOfCall(db, its),
		publish(db, account, "call", payload, its.now),
		latestConsultAnyAccount(db, isNamed(its)),
	];
});

/**
 * Takes in a status callback of a call: of `callId`, or else of the one that the carrier calls so. Seen before, out of order or of a call
 * that is over: nothing changes.
 */
export async function hearStatus(house: House, callId: string | undefined, form: CarrierForm): Promise<void> {
	const { CallSid: carrierRef, CallStatus: status = "", CallDuration: seconds, SipResponseCode: sipCode } = form;
	const event = {
		kind: "status",
		detail: { status, seconds: seconds ?? null },
		key: `${carrierRef}:${form.SequenceNumber ?? "-"}:${status}`,
		now: house.now(),
	};
	const moved = await moveCall(
		house,
		{ callId, carrierRef, status, durationSeconds: seconds ?? null, sipCode },
		addEventAnyAccount(house.db, { callId, carrierRef }, event),
	);
	if (!moved && isOver(status)) await agentLeft(house, carrierRef);
}

interface News extends CallName {
	status: string;
	durationSeconds: number | null;
	sipCode?: string | undefined;
}

/** Moves a call on, tells its pages, and settles the money of one that is over. */
export async function moveCall(
	house: House,
	{ sipCode = "unknown", ...heard }: News,
	event: Statement,
): Promise<MovedCall | null> {
	const { db, settings } = house;
	const now = house.now();
	const { status } = heard;
	const durationSeconds = heard.durationSeconds ?? 0;
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const at = { rank: rankOf(status), over: isOver(status), lookAfter, now };
	try {
		const [, [moved], told, [consult]] = await inOneBatch(db, [
			event,
			...hearing(db, { ...heard, ...at, durationSeconds, sipCode }),
		]);
		tell(house, told);
		if (moved?.endedAt) await letGo(house, consult);
		if (moved) await settleRest(house, moved, durationSeconds);
		return moved ?? null;
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
		return null;
	}
}

/** Settles what is still set aside for a call that is over: by what was spoken, and the caller's own telephone by the whole of it. */
export async function settleRest(
	house: House,
	call: Pick<MovedCall, "id" | "accountId" | "via" | "usageRef" | "endedAt" | "answeredAt" | "durationSeconds">,
	wholeSeconds: number,
): Promise<void> {
	if (call.endedAt === null) return;
	const spoken = call.answeredAt === null ? 0 : call.durationSeconds;
	const legs = [
		...(call.usageRef === null ? [] : [{ ref: call.usageRef, seconds: spoken }]),
		...(call.via === "phone" ? [{ ref: `${call.id}.phone`, seconds: Math.max(wholeSeconds, spoken) }] : []),
	];
	if (legs.length === 0) return;
	await inOneBatch<Statement>(house.db, settling(house.db, call, legs, house.now()));
	tellWallet(house, call.accountId);
}
