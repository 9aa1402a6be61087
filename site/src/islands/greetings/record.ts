/** What the microphone heard, as one channel. */
export interface Take {
	samples: Float32Array;
	rate: number;
}

/** Telephones carry no more than this. */
const RATE = 16_000;

/** Records until it is told to stop; `level` hears how loud it is, 0 to 1. */
export async function startTake(
	microphone: MediaStream,
	level: (loud: number) => void,
): Promise<{ stop: () => Promise<Take> }> {
	const recorder = new MediaRecorder(microphone);
	const parts: Blob[] = [];
	const context = new AudioContext();
	const ear = context.createAnalyser();
	context.createMediaStreamSource(microphone).connect(ear);
	const heard = new Float32Array(ear.fftSize);
	const timer = setInterval(() => {
		ear.getFloatTimeDomainData(heard);
		const power = heard.reduce((sum, sample) => sum + sample * sample, 0) / heard.length;
		level(Math.min(1, Math.sqrt(power) * 4));
	}, 100);
	recorder.ondataavailable = ({ data }) => parts.push(data);
	recorder.start();
	const ended = new Promise<void>((resolve) => {
		recorder.onstop = () => resolve();
	});
	return {
		async stop() {
			clearInterval(timer);
			if (recorder.state !== "inactive") recorder.stop();
			await ended;
			for (const track of microphone.getTracks()) track.stop();
			await context.close();
			return decoded(await new Blob(parts).arrayBuffer());
		},
	};
}

async function decoded(bytes: ArrayBuffer): Promise<Take> {
	const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
	const mixed = new OfflineAudioContext(1, Math.max(1, sound.length), RATE);
	const source = mixed.createBufferSource();
	source.buffer = sound;
	source.connect(mixed.destination);
	source.start();
	return { samples: (await mixed.startRendering()).getChannelData(0), rate: RATE };
}

const SILENCE = 0.01;
const MARGIN_SECONDS = 0.15;

/** Without the quiet before the first word and after the last. */
export function trimmed({ samples, rate }: Take): Take {
	const first = samples.findIndex((sample) => Math.abs(sample) > SILENCE);
	if (first < 0) return { samples, rate };
	let last = samples.length - 1;
	while (last > first && Math.abs(samples[last] ?? 0) <= SILENCE) last--;
	const margin = Math.round(MARGIN_SECONDS * rate);
	return { samples: samples.slice(Math.max(0, first - margin), last + margin), rate };
}

/** As a WAV file: 16 bits, one channel. */
export function asWav({ samples, rate }: Take): Blob {
	const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
	const word = (at: number, text: string) => {
		for (const [place, letter] of [...text].entries()) bytes.setUint8(at + place, letter.charCodeAt(0));
	};
	word(0, "RIFF");
	bytes.setUint32(4, 36 + samples.length * 2, true);
	word(8, "WAVEfmt ");
	bytes.setUint32(16, 16, true);
	bytes.setUint16(20, 1, true);
	bytes.setUint16(22, 1, true);
	bytes.setUint32(24, rate, true);
	bytes.setUint32(28, rate * 2, true);
	bytes.setUint16(32, 2, true);
	bytes.setUint16(34, 16, true);
	word(36, "data");
	bytes.setUint32(40, samples.length * 2, true);
	for (const [at, sample] of samples.entries())
		bytes.setInt16(44 + at * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
	return new Blob([bytes.buffer], { type: "audio/wav" });
}
