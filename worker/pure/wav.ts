/** The length of a WAV file's header with one `fmt ` and one `data` chunk, in bytes. */
const HEADER = 44;
const SILENCE = 128;

/** A WAV file of one channel with 8 bits a sample (unsigned, as the format has it), from samples in [-1, 1]. */
export function wavOf(samples: ArrayLike<number>, rate: number): Uint8Array<ArrayBuffer> {
	const wav = new Uint8Array(HEADER + samples.length);
	const view = new DataView(wav.buffer);
	const text = (at: number, letters: string) => wav.set(new TextEncoder().encode(letters), at);
	text(0, "RIFF");
	view.setUint32(4, HEADER - 8 + samples.length, true);
	text(8, "WAVEfmt ");
	view.setUint32(16, 16, true);
	view.setUint16(20, 1, true); // PCM
	view.setUint16(22, 1, true);
	view.setUint32(24, rate, true);
	view.setUint32(28, rate, true);
	view.setUint16(32, 1, true);
	view.setUint16(34, 8, true);
	text(36, "data");
	view.setUint32(40, samples.length, true);
	for (let n = 0; n < samples.length; n++) wav[HEADER + n] = SILENCE + Math.round(127 * (samples[n] ?? 0));
	return wav;
}
