import { inOneBatch } from "../db/client";
import { brokenRule } from "../db/guards";
import { isOver, rankOf } from "../pure/call-state";
import type { House } from "../scope";
import { type Heard, hear, keepEvent } from "./attempts/store";
import type { StatusForm } from "./inputs";

/** The rule that a repeated event breaks; the whole batch is then without effect. */
export const SEEN_BEFORE = "carrier_events.event_key";

/** What a status says of an attempt, ready for {@link hear}. */
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

/** Takes in a status callback. Seen before, out of order or of a call that is over: nothing changes. One round trip. */
export async function hearStatus(house: House, attemptId: string, form: StatusForm): Promise<void> {
	const heard = heardOf(house, attemptId, form);
	const key = `${form.CallSid}:${form.SequenceNumber ?? "-"}:${form.CallStatus}`;
	try {
		const [, moved] = await inOneBatch(house.db, [
			keepEvent(house.db, { key, attemptId, kind: "status", payload: form, now: heard.now }),
			hear(house.db, heard),
		]);
		tellDialer(house, moved);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
}

/** An ended call leaves room for the next one. The dialer would notice by itself, only later. */
export function tellDialer(house: House, moved: { campaignId: string; state: string }[]): void {
	for (const { campaignId, state } of moved) if (state === "ended") house.defer(house.dialerOf(campaignId).nudge());
}
