/** Longer recordings are not decoded in the page: a minute takes about 10 MB while it is looked at. */
export const MOST_SECONDS = 1_800;
const BARS = 240;

/** How loud a recording is from its beginning to its end, 0 to 1. */
export async function peaksOf(url: string): Promise<number[]> {
	const reply = await fetch(url);
	if (!reply.ok) throw new Error(`the recording answered ${reply.status}`);
	// A low rate is enough to see where somebody speaks.
	const decoder = new OfflineAudioContext(1, 1, 8_000);
	const sound = await decoder.decodeAudioData(await reply.arrayBuffer());
	const samples = sound.getChannelData(0);
	const span = Math.max(1, Math.floor(samples.length / BARS));
	const peaks = Array.from({ length: Math.min(BARS, samples.length) }, (_, bar) => {
		let most = 0;
		for (let at = bar * span; at < (bar + 1) * span; at++) most = Math.max(most, Math.abs(samples[at] ?? 0));
		return most;
	});
	const loudest = Math.max(...peaks, 0.05);
	return peaks.map((peak) => peak / loudest);
}
