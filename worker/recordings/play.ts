import { notFound } from "../errors";
import type { Playback } from "../greetings/play";
import { rangeOf } from "../pure/byte-range";
import type { House } from "../scope";
import { checkRecordingUrl } from "./media-url";
import { findAnyAccount } from "./store";

/** Opens what a signed URL of a recording shows, or the part of it that is asked for. */
export async function playRecording(
	{ db, audio, settings, now }: House,
	asked: { id: string; signed: { e: number; k: string; s: string }; range: string | undefined },
): Promise<Playback> {
	checkRecordingUrl(settings, asked.id, asked.signed, now());
	const row = await findAnyAccount(db, asked.id);
	if (row?.status !== "ready") throw notFound("Recording");
	const wanted = rangeOf(asked.range, row.byteLength);
	const { mediaType, byteLength: size } = row;
	const filename = `${row.kind}-${row.callId}.${mediaType === "audio/mpeg" ? "mp3" : "wav"}`;
	const about = { mediaType, filename, size, etag: `"${row.id}"`, range: wanted };
	if (wanted === "unsatisfiable") return { ...about, body: null };
	const object = await audio.get(row.r2Key, wanted ? { range: { offset: wanted.start, length: wanted.length } } : {});
	if (!object) throw notFound("Recording");
	return { ...about, body: object.body };
}
