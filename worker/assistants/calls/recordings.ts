import { inOneBatch, type Statement } from "../../db/client";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import type { House } from "../../scope";
import { type AssistantCallRow, hintOf, keepRecording, lookAtCall, overdueCallsAnyAccount } from "./store";

const AT_ONCE = 5;
/** Seconds until the next try, by how often it was tried; then it is given up. */
const WAITS = [30, 60, 300, 900, 3_600, 3_600, 21_600, 86_400];

/** Copies recordings that have come to an end from the provider, by the call's id there; never from an address in a webhook. */
export async function fetchRecordings(house: House, now = house.now()): Promise<void> {
	const due = (await overdueCallsAnyAccount(house.db, now, 4 * AT_ONCE)).map(({ call }) => call);
	for (const call of due.filter(({ recording }) => recording === "wanted").slice(0, AT_ONCE))
		await fetchOne(house, call);
}

async function fetchOne(house: House, call: AssistantCallRow): Promise<void> {
	const { db, audio, assistants, now } = house;
	const wait = WAITS[call.tries];
	const next: Statement =
		wait === undefined
			? keepRecording(db, call, { recording: "gone", r2Key: null, mediaType: null, byteLength: null })
			: lookAtCall(db, call, now() + wait * 1000);
	await inOneBatch(db, [next]);
	try {
		const found = await assistants.recordingOf({ ref: call.providerRef, seconds: call.durationSeconds });
		if (!found) return;
		const r2Key = `t/${call.accountId}/assistant-calls/${call.id}`;
		const { bytes, mediaType } = found;
		const { readable, writable } = new FixedLengthStream(bytes);
		const copied = found.body.pipeTo(writable);
		await audio.put(r2Key, readable, { httpMetadata: { contentType: mediaType } });
		await copied;
		const results = await inOneBatch<Statement>(db, [
			keepRecording(db, call, { recording: "kept", r2Key, mediaType, byteLength: bytes }),
			publish(db, call.accountId, "call", hintOf(call.providerRef), now()),
		]);
		tell(house, results.at(-1) as OutboxRow[]);
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", call: call.id, waits: "recording", error: String(error) }));
	}
}
