import { inOneBatch, type Statement } from "../db/client";
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
import { accountOfCall, type HeardOfCall, hearOfCall, type MovedCall } from "./store";
import { addEventAnyAccount, addEventByCarrierRefAnyAccount, SEEN_BEFORE } from "./story/store";

/** Takes in a status callback of a call. Seen before, out of order or of a call that is over: nothing changes. */
export async function hearStatus(house: House, by: HeardOfCall["by"], form: CarrierForm): Promise<void> {
	const status = form.CallStatus ?? "";
	const { db } = house;
	const now = house.now();
	const key = `${form.CallSid}:${form.SequenceNumber ?? "-"}:${status}`;
	const event = { kind: "status", detail: { status, seconds: form.CallDuration ?? null }, key, now };
	const moved = await moveCall(
		house,
		{
			by,
			carrierRef: form.CallSid,
			status,
			durationSeconds: form.CallDuration ?? null,
			sipCode: form.SipResponseCode ?? null,
		},
		"id" in by ? addEventAnyAccount(db, by.id, event) : addEventByCarrierRefAnyAccount(db, form.CallSid, event),
	);
	if (!moved && isOver(status)) await agentLeft(house, form.CallSid);
}

/** Moves a call on, tells its pages, and settles the money of one that is over. */
export async function moveCall(
	house: House,
	heard: Pick<HeardOfCall, "by" | "carrierRef" | "status" | "durationSeconds" | "sipCode">,
	event: Statement,
): Promise<MovedCall | null> {
	const { db, settings } = house;
	const now = house.now();
	const lookAfter = now + settings.COMPLETER_AGE_SECONDS * 1000;
	const ref = "id" in heard.by ? heard.by.id : heard.by.carrierRef;
	const hint = accountOfCall(ref);
	const h = { ...heard, rank: rankOf(heard.status), over: isOver(heard.status), lookAfter, now };
	try {
		const [, [moved], told, [consult]] = await inOneBatch(db, [
			event,
			hearOfCall(db, h),
			publish(db, hint.account, "call", hint.payload, now),
			latestConsultAnyAccount(db, ref),
		]);
		tell(house, told);
		if (moved?.endedAt) await letGo(house, consult);
		if (moved) await settleRest(house, moved, heard.durationSeconds ?? 0);
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
