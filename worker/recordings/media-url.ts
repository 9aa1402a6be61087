import { hkdfSync } from "node:crypto";
import type { Settings } from "../env";
import { Fault } from "../errors";
import { isSigned, signedQuery } from "../pure/signed-url";

const KIND = "recording";
/** Long enough to listen to it. */
export const HEAR_FOR_MS = 10 * 60_000;
const keys = new Map<string, Uint8Array>();

function keyOf({ MEDIA_SECRET }: Settings): Uint8Array {
	let key = keys.get(MEDIA_SECRET);
	if (!key) {
		key = new Uint8Array(hkdfSync("sha256", MEDIA_SECRET, "", "recordings", 32));
		keys.set(MEDIA_SECRET, key);
	}
	return key;
}

/** An absolute URL that plays a recording to whoever has it, until `expiresAt` (Unix milliseconds). */
export function recordingUrl(settings: Settings, id: string, expiresAt: number): string {
	const signed = { kind: KIND, id, expires: Math.ceil(expiresAt / 1_000) };
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	return `${base}/media/recordings/${encodeURIComponent(id)}?${signedQuery(keyOf(settings), signed)}`;
}

/** Throws `bad_signature` unless the URL was made by {@link recordingUrl} and its time is not over. */
export function checkRecordingUrl(
	settings: Settings,
	id: string,
	{ e, k, s }: { e: number; k: string; s: string },
	now: number,
): void {
	if (k !== KIND || !isSigned(keyOf(settings), { kind: k, id, expires: e }, s, now))
		throw new Fault("bad_signature", "This link is not valid, or its time is over");
}
