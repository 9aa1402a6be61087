import { inOneBatch, type Statement } from "../db/client";
import { type OutboxRow, publish } from "../live/store";
import { tell } from "../live/tell";
import { sniffAudio } from "../pure/audio";
import type { House } from "../scope";
import {
	deleting,
	findAnyAccount,
	markReady,
	outdatedAnyAccount,
	type RecordingRow,
	toFetchAnyAccount,
	tryAgain,
} from "./store";

const AT_ONCE = 20;
const MOST_TRIES = 10;
const PAUSE_MS = 10_000;

/** Fetches what was just told of, without holding up who told it. The cron does what fails here. */
export function fetchSoon(house: House, id: string): void {
	house.defer(
		findAnyAccount(house.db, id).then((row) => (row?.status === "fetching" ? fetchOne(house, row) : undefined)),
	);
}

/** For the cron: fetches what is not here yet. */
export async function fetchRecordings(house: House): Promise<void> {
	for (const row of await toFetchAnyAccount(house.db, house.now(), AT_ONCE)) await fetchOne(house, row);
}

/** Brings a recording from the carrier, by its name there, into our own store, and lets the carrier forget it. */
async function fetchOne(house: House, row: RecordingRow): Promise<void> {
	const { audio, carrier, db } = house;
	try {
		const found = await carrier.fetchRecording(row.carrierRef);
		const mediaType = found && sniffAudio(found.bytes);
		if (!found || !mediaType) return await later(house, row);
		await audio.put(row.r2Key, found.bytes, { httpMetadata: { contentType: mediaType } });
		const [ready, told] = (await inOneBatch<Statement>(db, [
			markReady(db, row, { mediaType, byteLength: found.bytes.byteLength }),
			publish(db, row.accountId, "call", { callId: row.callId, recordingId: row.id }, house.now()),
		])) as [{ id: string }[], OutboxRow[]];
		tell(house, told);
		if (ready.length === 0) await audio.delete(row.r2Key);
		await carrier.dropRecording(row.carrierRef);
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", recording: row.id, error: String(error) }));
		await later(house, row);
	}
}

/** It is not there for some seconds after its callback; one that never comes is given up. */
async function later({ db, now }: House, row: RecordingRow): Promise<void> {
	await tryAgain(db, row, row.tries + 1 < MOST_TRIES ? now() + PAUSE_MS * 2 ** row.tries : null);
}

/** For the cron: removes what its account does not want to keep any longer. */
export async function dropOutdated(house: House): Promise<void> {
	for (const { id, accountId } of await outdatedAnyAccount(house.db, house.now(), AT_ONCE))
		await removeRecordings(house, accountId, null, { id });
}

/** Removes recordings here and where they come from. How many there were. */
export async function removeRecordings(
	house: House,
	accountId: string,
	reach: string | null,
	which: { callId: string } | { id: string },
): Promise<number> {
	const gone = await deleting(house.db, accountId, reach, which);
	if (gone.length > 0) await house.audio.delete(gone.map(({ r2Key }) => r2Key));
	for (const { source, carrierRef: ref } of gone) {
		const dropped = source === "carrier" ? house.carrier.dropRecording(ref) : house.assistants.forgetCall(ref);
		house.defer(dropped.catch(() => undefined));
	}
	return gone.length;
}
