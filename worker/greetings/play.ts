import { notFound } from "../errors";
import type { MediaQuery } from "../http/media-links";
import { type ByteRange, rangeOf } from "../pure/byte-range";
import type { House } from "../scope";
import { checkMediaUrl } from "./media-url";
import { findReadyAnyAccount } from "./store";

/** A recording to be played, or the part of it that was asked for. */
export interface Playback {
	body: ReadableStream | null;
	mediaType: string;
	filename: string;
	size: number;
	etag: string;
	/** Null: the whole. "unsatisfiable": it has no such part. */
	range: ByteRange | null | "unsatisfiable";
}

/** Opens what a signed URL shows. `ifRange` other than the recording's own tag asks for the whole. */
export async function play(
	{ db, audio, settings, now }: House,
	{
		id,
		signed,
		range,
		ifRange,
	}: { id: string; signed: MediaQuery; range: string | undefined; ifRange: string | undefined },
): Promise<Playback> {
	checkMediaUrl(settings, id, signed, now());
	const row = await findReadyAnyAccount(db, id);
	if (!row) throw notFound("Recording");
	const etag = `"${row.id}"`; // a recording never changes under its id
	const wanted = ifRange === undefined || ifRange === etag ? rangeOf(range, row.byteLength) : null;
	const about = { mediaType: row.mediaType, filename: row.filename, size: row.byteLength, etag, range: wanted };
	if (wanted === "unsatisfiable") return { ...about, body: null };
	const object = await audio.get(row.r2Key, wanted ? { range: { offset: wanted.start, length: wanted.length } } : {});
	if (!object) throw notFound("Recording");
	return { ...about, body: object.body };
}
