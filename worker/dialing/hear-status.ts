import { isOver, rankOf } from "../pure/call-state";
import type { House } from "../scope";
import type { Heard, Moved } from "./attempts/heard/store";
import { Ear, toldOf } from "./ear";
import type { StatusForm } from "./inputs";

/** The rule that a repeated event breaks; the whole batch is then without effect. */
export const SEEN_BEFORE = "carrier_events.event_key";

/** What a status says of an attempt, ready for the store. */
export function heardOf(house: House, attemptId: string, form: StatusForm): Heard {
	const now = house.now();
	return {
		attemptId,
		carrierRef: form.CallSid,
		status: form.CallStatus,
		rank: rankOf(form.CallStatus),
		over: isOver(form.CallStatus),
		durationSeconds: form.CallDuration ?? null,
		answeredBy: form.AnsweredBy ?? null,
		errorCode: form.CallStatus === "failed" ? `sip:${form.SipResponseCode ?? "unknown"}` : null,
		lookAfter: now + house.settings.COMPLETER_AGE_SECONDS * 1000,
		now,
	};
}

/**
 * Takes in a status callback. Seen before, out of order or of a call that is over: nothing changes. It is in the database when this
 * returns; the campaign's dialer writes what arrives together in one transaction, since D1 has one writer and a busy campaign much
 * to tell it.
 */
export async function hearStatus(
	house: House,
	campaignId: string | undefined,
	attemptId: string,
	form: StatusForm,
): Promise<void> {
	const heard = heardOf(house, attemptId, form);
	const key = `${form.CallSid}:${form.SequenceNumber ?? "-"}:${form.CallStatus}`;
	const told = toldOf(heard, { key, attemptId, kind: "status", payload: form, now: heard.now });
	const ear = campaignId ? house.dialerOf(campaignId) : new Ear(house, (moved) => tellDialer(house, moved));
	await ear.hear(told);
}

/** An ended call leaves room for the next one. The dialer would notice by itself, only later. */
export function tellDialer(house: House, moved: Moved[]): void {
	for (const { campaignId, state } of moved) if (state === "ended") house.defer(house.dialerOf(campaignId).nudge());
}
