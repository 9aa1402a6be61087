import { ulid } from "ulid";
import { takeCallOfAttemptAnyAccount } from "../../calls/store";
import { inOneBatch } from "../../db/client";
import { fetchSoon } from "../../recordings/fetch-recording";
import { noteRecordingOfAttemptAnyAccount } from "../../recordings/store";
import type { House } from "../../scope";
import type { RecordedForm } from "../inputs";
import { noteRecording } from "./store";

/** What somebody said after the tone is there: it is noted once, and fetched by its name like every recording. One round trip. */
export async function hearRecording(house: House, attemptId: string, form: RecordedForm): Promise<void> {
	if (form.RecordingStatus !== "completed") return;
	const { db } = house;
	const now = house.now();
	const id = `rec_${ulid(now)}`;
	const { CallSid: callRef, RecordingSid: carrierRef, RecordingDuration: seconds = 0 } = form;
	const [, , noted] = await inOneBatch(db, [
		noteRecording(db, attemptId, carrierRef, seconds),
		takeCallOfAttemptAnyAccount(db, { attemptId, carrierRef: callRef, route: {} }),
		noteRecordingOfAttemptAnyAccount(db, { id, attemptId, callRef, carrierRef, seconds, now }),
	]);
	if (noted.length > 0) fetchSoon(house, id);
}
