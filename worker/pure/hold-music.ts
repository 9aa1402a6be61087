import { wavOf } from "./wav";

const RATE = 8_000;
const NOTE_SECONDS = 0.75;
// A quiet broken chord, over and over: C, G, E, G an octave below the piano's middle and up again.
const NOTES = [130.81, 196, 164.81, 196, 146.83, 220, 174.61, 220, 130.81, 196, 164.81, 196, 123.47, 196, 146.83, 196];

let made: Uint8Array<ArrayBuffer> | undefined;

/** What callers hear who wait and nobody chose music for: twelve seconds of WAV, 8 bits at 8 kHz, made once. */
export function holdMusic(): Uint8Array<ArrayBuffer> {
	made ??= wavOf(
		Float32Array.from({ length: NOTES.length * NOTE_SECONDS * RATE }, (_, n) => sampleAt(n)),
		RATE,
	);
	return made;
}

function sampleAt(n: number): number {
	const second = n / RATE;
	const at = second % NOTE_SECONDS;
	const pitch = NOTES[Math.floor(second / NOTE_SECONDS)] ?? 0;
	const swell = Math.min(1, at / 0.05) * Math.exp(-2.2 * at);
	return swell * (Math.sin(2 * Math.PI * pitch * at) + 0.4 * Math.sin(4 * Math.PI * pitch * at)) * 0.25;
}
