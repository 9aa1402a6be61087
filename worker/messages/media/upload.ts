import { ulid } from "ulid";
import { Fault } from "../../errors";
import { MEDIA_SNIFF_BYTES, sniffMedia } from "../../pure/media-type";
import type { House, Scope } from "../../scope";
import type { Upload } from "./inputs";
import { messageMediaUrl } from "./media-url";
import { addUpload, droppingUnfinishedAnyAccount, markReady } from "./store";

/** What carriers take: 5 MB. */
export const MOST_BYTES = 5_242_880;
/** For so long a page may show what was uploaded, and name it in a message. */
const SHOWN_MS = 24 * 3_600_000;
const UNFINISHED_MS = 3_600_000;
const KIND = { kind: "message-media" };

/** Keeps a picture or file that is to be sent. The row comes first and is ready last, so that bytes without a row can be swept. */
export async function uploadMedia(
	scope: Scope,
	{ filename, bytes: source }: { filename: string; bytes: AsyncIterable<Uint8Array> },
): Promise<Upload> {
	const { db, accountId, audio, settings } = scope;
	const bytes = await received(source);
	const mediaType = sniffMedia(bytes.subarray(0, MEDIA_SNIFF_BYTES));
	if (!mediaType) throw new Fault("wrong_type", "file: send a picture, sound, film, PDF or visiting card");
	const now = scope.now();
	const id = `med_${ulid(now)}`;
	const r2Key = `t/${accountId}/${ulid(now)}`;
	const name = plainName(filename);
	await addUpload(db, { id, accountId, status: "pending", filename: name, mediaType, r2Key, createdAt: now });
	await audio.put(r2Key, bytes, { httpMetadata: { contentType: mediaType }, customMetadata: KIND });
	const byteLength = bytes.byteLength;
	if (!(await markReady(db, accountId, id, { mediaType, byteLength })))
		throw new Fault("try_again", "The file could not be stored. Send it again.", { retryAfter: 1 });
	return { id, url: messageMediaUrl(settings, id, now + SHOWN_MS), mediaType, filename: name, byteLength };
}

/** For the clock: takes uploads away that nobody finished. */
export async function sweepMedia({ db, audio, now }: House): Promise<void> {
	const gone = await droppingUnfinishedAnyAccount(db, now() - UNFINISHED_MS, 100);
	if (gone.length > 0) await audio.delete(gone.map(({ r2Key }) => r2Key));
}

async function received(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of source) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new Fault("too_large", "file: carriers take at most 5 MB");
		chunks.push(chunk);
	}
	return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** The name that a file came under, without folders and without what no screen shows. */
function plainName(filename: string): string {
	const shown = (filename.split(/[/\\]/).at(-1) ?? "").replace(/\p{C}/gu, "").trim();
	return [...shown].slice(0, 120).join("") || "file";
}
