import { ulid } from "ulid";
import { inOneBatch, type Statement } from "../db/client";
import { brokenRule } from "../db/guards";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { voiceAnswer } from "../outside/carrier/twiml";
import { phrase } from "../pure/phrases";
import { fetchSoon } from "../recordings/fetch-recording";
import { noteRecordingAnyAccount, noteTranscriptAnyAccount } from "../recordings/store";
import type { House } from "../scope";
import type { Place } from "./callback-url";
import type { CarrierForm, RecordedForm, TranscribedForm } from "./inputs";
import { accountOfCall, noteVoicemail } from "./store";
import { addEventAnyAccount, SEEN_BEFORE } from "./story/store";

/** A recording is there: it is noted once and fetched by its name, never from an address in the callback. */
export async function hearRecording(
	house: House,
	{ callId, about }: Required<Place>,
	form: RecordedForm,
): Promise<void> {
	if (form.RecordingStatus !== "completed") return;
	const { db } = house;
	const now = house.now();
	const kind = about === "voicemail" ? "voicemail" : "call";
	const seconds = form.RecordingDuration ?? 0;
	const id = `rec_${ulid(now)}`;
	const hint = accountOfCall(callId);
	const [noted, , told] = await inOneBatch(db, [
		noteRecordingAnyAccount(db, {
			id,
			callId,
			callRef: form.CallSid ?? null,
			kind,
			carrierRef: form.RecordingSid,
			seconds,
			now,
		}),
		addEventOnce(house, callId, { kind: "recorded", detail: { kind, seconds }, key: `${form.RecordingSid}:recorded` }),
		publish(db, hint.account, "call", hint.payload, now),
	]);
	tell(house, told);
	if (noted.length > 0) fetchSoon(house, id);
}

function addEventOnce(
	house: House,
	callId: string,
	event: { kind: string; detail: Record<string, unknown>; key: string },
) {
	return addEventAnyAccount(house.db, callId, { ...event, now: house.now() }, "once");
}

/** What was said after the tone, written down. */
export async function hearTranscript(house: House, { callId }: Required<Place>, form: TranscribedForm): Promise<void> {
	if (form.TranscriptionStatus !== "completed" || form.TranscriptionText === "") return;
	const text = form.TranscriptionText.slice(0, 20_000);
	const hint = accountOfCall(callId);
	const results = await inOneBatch<Statement>(house.db, [
		noteTranscriptAnyAccount(house.db, callId, form.RecordingSid, text),
		publish(house.db, hint.account, "call", hint.payload, house.now()),
	]);
	tell(house, (results.at(-1) ?? []) as OutboxRow[]);
}

/** The caller has left a message: the call is a missed one that reached voicemail. Thanked in the language that the URL names. */
export async function thank(
	house: House,
	{ callId, about: language }: Required<Place>,
	form: CarrierForm,
): Promise<string> {
	const { db } = house;
	const now = house.now();
	const hint = accountOfCall(callId);
	const detail = { seconds: form.RecordingDuration ?? 0 };
	try {
		const results = await inOneBatch<Statement>(db, [
			addEventAnyAccount(db, callId, { kind: "voicemail", detail, key: `${form.CallSid}:voicemail`, now }),
			noteVoicemail(db, callId, form.CallSid),
			publish(db, hint.account, "call", hint.payload, now),
		]);
		tell(house, (results.at(-1) ?? []) as OutboxRow[]);
	} catch (error) {
		if (brokenRule(error) !== SEEN_BEFORE) throw error;
	}
	return voiceAnswer()
		.say(...phrase("thanks", language))
		.hangup()
		.toXml();
}
