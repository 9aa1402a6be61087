import { measureMp3 } from "./audio-mp3";
import { measureOgg } from "./audio-ogg";
import { measureWav } from "./audio-wav";

export type AudioType = "audio/wav" | "audio/mpeg" | "audio/ogg";

/** How many bytes {@link sniffAudio} wants to see. */
export const SNIFF_BYTES = 12;

/** What a file's first bytes say it is, whatever its name says; null when that is no audio that we take. */
export function sniffAudio(head: Uint8Array): AudioType | null {
	const says = (text: string, at = 0) => [...text].every((letter, i) => head[at + i] === letter.charCodeAt(0));
	if (says("RIFF") && says("WAVE", 8)) return "audio/wav";
	if (says("OggS")) return "audio/ogg";
	if (says("ID3") || (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0)) return "audio/mpeg";
	return null;
}

/** What claims to last longer is broken. */
const LONGEST_SECONDS = 86_400;

/** How long the sound in a file lasts, in milliseconds; null when there is none in it, whatever its first bytes say. */
export function measureAudio(bytes: Uint8Array, type: AudioType): number | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const seconds = { "audio/wav": measureWav, "audio/mpeg": measureMp3, "audio/ogg": measureOgg }[type](view);
	if (seconds === null || !(seconds > 0 && seconds <= LONGEST_SECONDS)) return null;
	return Math.max(1, Math.round(seconds * 1_000));
}
