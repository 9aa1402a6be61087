import { wishes } from "./wishes";

let context: AudioContext | undefined;
let ringing: ReturnType<typeof setInterval> | undefined;

// The browser lets a page sound only after somebody has touched it; until then the banner is all there is.
function player(): AudioContext {
	context ??= new AudioContext();
	if (context.state === "suspended") void context.resume().catch(() => {});
	return context;
}

function tones(frequencies: readonly number[], seconds: number, loudness: number): void {
	const at = player();
	if (at.state !== "running") return;
	const gain = at.createGain();
	gain.gain.setValueAtTime(loudness, at.currentTime);
	gain.gain.setTargetAtTime(0, at.currentTime + seconds, 0.02);
	gain.connect(at.destination);
	for (const frequency of frequencies) {
		const tone = at.createOscillator();
		tone.frequency.value = frequency;
		tone.connect(gain);
		tone.start();
		tone.stop(at.currentTime + seconds + 0.2);
	}
}

/** Rings until it is told to stop, as loud as the person wants it; not at all for somebody who only wants to see it. */
export function ring(): void {
	quiet();
	const { aloud, loudness } = wishes.peek();
	if (!aloud) return;
	const once = () => tones([440, 480], 0.9, 0.16 * loudness);
	once();
	ringing = setInterval(once, 3_000);
}

/** What a caller hears while it rings over there. */
export function ringBack(): void {
	quiet();
	const once = () => tones([425], 1, 0.03);
	once();
	ringing = setInterval(once, 4_000);
}

export function quiet(): void {
	clearInterval(ringing);
	ringing = undefined;
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
export const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;
export type Key = (typeof KEYS)[number];

/** The two tones of a key. */
export function keyTone(key: Key): void {
	const at = KEYS.indexOf(key);
	tones([ROWS[Math.floor(at / 3)] ?? 0, COLUMNS[at % 3] ?? 0], 0.12, 0.06);
}
