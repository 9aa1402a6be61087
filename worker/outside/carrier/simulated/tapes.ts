import { wavOf } from "../../../pure/wav";
import { deliver } from "./delivery";
import type { Exchange } from "./exchange";
import type { Fields } from "./forms";
import type { CallRow } from "./tables";
import { ACCOUNT } from "./token";

const RATE = 8_000;
/** Longer ones are cut: silence needs no more room. */
const LONGEST = 600;

/** Remembers what was recorded of a call, and tells whoever wanted to know. */
export async function keepTape(
	exchange: Exchange,
	call: CallRow,
	url: string | null,
	legRef: string,
	seconds: number,
): Promise<Fields> {
	const ref = `RE${legRef.slice(2)}`;
	noteTape(exchange, ref, seconds);
	const fields: Fields = {
		AccountSid: ACCOUNT,
		CallSid: call.ref,
		RecordingSid: ref,
		RecordingUrl: `https://recordings.invalid/${ref}`,
		RecordingStatus: "completed",
		RecordingDuration: String(Math.round(seconds)),
		RecordingChannels: "1",
		RecordingSource: "DialVerb",
	};
	if (url !== null) await deliver(exchange, url, fields, ref);
	return fields;
}

/** Remembers a recording under its name. */
export function noteTape({ sql }: Exchange, ref: string, seconds: number): void {
	sql.exec("INSERT OR IGNORE INTO tapes (ref, seconds, made_at) VALUES (?, ?, ?)", ref, seconds, Date.now());
}

/** How long a recording is, in seconds; null when there is none (any more). */
export function tapeSeconds({ sql }: Exchange, ref: string): number | null {
	return sql.exec<{ seconds: number }>("SELECT seconds FROM tapes WHERE ref = ?", ref).toArray()[0]?.seconds ?? null;
}

export function dropTape({ sql }: Exchange, ref: string): void {
	sql.exec("DELETE FROM tapes WHERE ref = ?", ref);
}

/** What such a recording sounds like: a quiet tone, as WAV with 8 bits at 8 kHz. */
export function toneOf(seconds: number): Uint8Array<ArrayBuffer> {
	const length = Math.max(1, Math.round(Math.min(seconds, LONGEST) * RATE));
	const toneAt = (_: unknown, n: number) => 0.09 * Math.sin((n * 2 * Math.PI * 220) / RATE);
	return wavOf(Float32Array.from({ length }, toneAt), RATE);
}
