const RATE = 8_000; // what a telephone line carries
const NOTES = [523.25, 659.25, 783.99, 1046.5]; // C5 E5 G5 C6
const NOTE_SECONDS = 0.45;

/** A greeting to play: three seconds of chimes as a WAV file of 16-bit samples, one channel. */
export function chimes() {
	const samples = new Int16Array(RATE * 3);
	NOTES.forEach((pitch, at) => {
		const from = Math.floor(at * NOTE_SECONDS * RATE);
		for (let i = from; i < samples.length; i++) {
			const time = (i - from) / RATE;
			samples[i] += 7_000 * Math.exp(-3 * time) * Math.sin(2 * Math.PI * pitch * time);
		}
	});
	return wavOf(samples);
}

function wavOf(samples) {
	const header = Buffer.alloc(44);
	header.write("RIFF", 0);
	header.writeUInt32LE(36 + samples.byteLength, 4);
	header.write("WAVEfmt ", 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20); // PCM
	header.writeUInt16LE(1, 22); // one channel
	header.writeUInt32LE(RATE, 24);
	header.writeUInt32LE(RATE * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write("data", 36);
	header.writeUInt32LE(samples.byteLength, 40);
	return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
