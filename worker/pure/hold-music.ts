const RATE = 8_000;
const NOTE_SECONDS = 0.75;
// A quiet broken chord, over and over: C, G, E, G an octave below the piano's middle and up again.
const NOTES = [130.81, 196, 164.81, 196, 146.83, 220, 174.61, 220, 130.81, 196, 164.81, 196, 123.47, 196, 146.83, 196];

let made: Uint8Array<ArrayBuffer> | undefined;

/** What callers hear who wait and nobody chose music for: twelve seconds of WAV, 8 bits at 8 kHz, made once. */
export function holdMusic(): Uint8Array<ArrayBuffer> {
	made ??= wavOf(Float32Array.from({ length: NOTES.length * NOTE_SECONDS * RATE }, (_, n) => sampleAt(n)));
	return made;
}

function sampleAt(n: number): number {
	const second = n / RATE;
	const at = second % NOTE_SECONDS;
	const pitch = NOTES[Math.floor(second / NOTE_SECONDS)] ?? 0;
	const swell = Math.min(1, at / 0.05) * Math.exp(-2.2 * at);
	return swell * (Math.sin(2 * Math.PI * pitch * at) + 0.4 * Math.sin(4 * Math.PI * pitch * at)) * 0.25;
}

function wavOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
	const wav = new Uint8Array(44 + samples.length);
	const view = new DataView(wav.buffer);
	const text = (at: number, letters: string) => wav.set(new TextEncoder().encode(letters), at);
	text(0, "RIFF");
	view.setUint32(4, 36 + samples.length, true);
	text(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 1, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, RATE, true);
	view.setUint32(28, RATE, true);
	view.setUint16(32, 1, true);
	view.setUint16(34, 8, true);
	text(36, "data");
	view.setUint32(40, samples.length, true);
	for (const [n, sample] of samples.entries()) wav[44 + n] = 128 + Math.round(127 * sample);
	return wav;
}
