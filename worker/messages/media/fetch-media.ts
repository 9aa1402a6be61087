import { inOneBatch } from "../../db/client";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import { CarrierRefusal } from "../../outside/carrier/carrier";
import { MEDIA_SNIFF_BYTES, sniffMedia } from "../../pure/media-type";
import type { House } from "../../scope";
import { hintOf, messageByRefAnyAccount } from "../store";
import { claimingMediaAnyAccount, type MediaRow, markLost, markReady } from "./store";

/** As many as fit well into one tick. */
const AT_MOST = 20;
const MOST_BYTES = 20_971_520;
const MOST_TRIES = 8;
const KIND = { kind: "message-media" };

/** Fetches the files that came with one message, or all that are due. One that cannot be had is tried again, ever later, and then given up. */
export async function fetchMedia(house: House, messageRef?: string): Promise<void> {
	const now = house.now();
	const claim = { now, again: now, limit: AT_MOST, ...(messageRef === undefined ? {} : { messageRef }) };
	for (const row of await claimingMediaAnyAccount(house.db, claim))
		try {
			await fetchOne(house, row);
		} catch (error) {
			const gone = error instanceof CarrierRefusal && error.reason === "not_found";
			if (gone ? row.tries > 2 : row.tries >= MOST_TRIES) await markLost(house.db, row.accountId, row.id);
			console.warn(JSON.stringify({ level: "warn", media: row.id, tries: row.tries, error: String(error) }));
		}
}

/** For the clock: {@link fetchMedia} of every message that waits for its files. */
export async function fetchDueMedia(house: House): Promise<void> {
	await fetchMedia(house);
}

async function fetchOne(house: House, row: MediaRow): Promise<void> {
	const { carrier, audio, db } = house;
	const { accountId, id, messageRef, position, r2Key } = row;
	if (messageRef === null) return;
	const listed = (await carrier.listMedia(messageRef))[position];
	if (!listed) throw new Error("the carrier does not have this file yet");
	const bytes = await whole(await carrier.fetchMedia(messageRef, listed.ref));
	const mediaType = sniffMedia(bytes.subarray(0, MEDIA_SNIFF_BYTES)) ?? "application/octet-stream";
	await audio.put(r2Key, bytes, { httpMetadata: { contentType: mediaType }, customMetadata: KIND });
	if (!(await markReady(db, accountId, id, { mediaType, byteLength: bytes.byteLength }))) return audio.delete(r2Key);
	await tellReady(house, messageRef);
}

/** What was shown as a gap can be shown now. */
async function tellReady(house: House, messageRef: string): Promise<void> {
	const messageId = messageByRefAnyAccount(messageRef);
	const { account, payload, audience } = hintOf(messageId);
	const [rows] = await inOneBatch(house.db, [
		publish(house.db, account, "message_status", payload, house.now(), audience),
	] as const);
	tell(house, rows as OutboxRow[]);
}

async function whole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new Error("more than any carrier takes");
		chunks.push(chunk);
	}
	return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
