import { Fault } from "../errors";
import { type AudioType, measureAudio, SNIFF_BYTES, sniffAudio } from "../pure/audio";

export const MOST_BYTES = 10_485_760;

export interface Recording {
	bytes: Uint8Array;
	mediaType: AudioType;
	durationMs: number;
}

/** Reads a recording as it comes, and gives up at the first byte too many or as soon as it turns out to be no audio. */
export async function receiveRecording(source: AsyncIterable<Uint8Array>): Promise<Recording> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	let mediaType: AudioType | null = null;
	for await (const chunk of source) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new Fault("too_large", "file: a greeting has at most 10 MB");
		chunks.push(chunk);
		if (!mediaType && size >= SNIFF_BYTES) mediaType = sniff(chunks, size);
	}
	mediaType ??= sniff(chunks, size);
	const bytes = joined(chunks, size);
	const durationMs = measureAudio(bytes, mediaType);
	if (durationMs === null) throw notAudio();
	return { bytes, mediaType, durationMs };
}

function sniff(chunks: Uint8Array[], size: number): AudioType {
	const type = sniffAudio(joined(chunks, size));
	if (!type) throw notAudio();
	return type;
}

const notAudio = () => new Fault("wrong_type", "file: this is not a WAV, MP3 or OGG recording");

function joined(chunks: Uint8Array[], size: number): Uint8Array {
	const whole = new Uint8Array(size);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}
