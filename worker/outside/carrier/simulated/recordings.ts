import { throughOwnDoor } from "./delivery";
import type { Exchange } from "./exchange";

const HEAD = 4096;
const WAV_RATE_AT = 28;
/** Of compressed speech: a guess, but the length need not be better than that. */
const USUAL_BYTES_PER_SECOND = 16_000;

/** How long a recording plays. Fetched once, like the real carrier does; one that cannot be had is silence. */
export async function secondsOfRecording({ sql, settings }: Exchange, url: string): Promise<number> {
	const path = new URL(url).pathname;
	const [known] = sql.exec<{ seconds: number }>("SELECT seconds FROM recordings WHERE path = ?", path);
	if (known) return known.seconds;
	try {
		const answer = await throughOwnDoor(settings.PUBLIC_BASE_URL, url, { headers: { range: `bytes=0-${HEAD - 1}` } });
		const head = new Uint8Array(await answer.arrayBuffer());
		if (!answer.ok) return 0;
		const seconds = lengthOf(head, totalBytes(answer, head));
		sql.exec("INSERT OR REPLACE INTO recordings (path, seconds) VALUES (?, ?)", path, seconds);
		return seconds;
	} catch {
		return 0;
	}
}

function totalBytes(answer: Response, head: Uint8Array): number {
	const total = Number(answer.headers.get("content-range")?.split("/")[1] ?? Number.NaN);
	return Number.isFinite(total) ? total : head.length;
}

function lengthOf(head: Uint8Array, total: number): number {
	const isWav = new TextDecoder("latin1").decode(head.subarray(0, 4)) === "RIFF" && head.length > WAV_RATE_AT + 4;
	const rate = isWav ? new DataView(head.buffer).getUint32(WAV_RATE_AT, true) : USUAL_BYTES_PER_SECOND;
	return Math.max(1, Math.round(total / Math.max(1, rate)));
}
