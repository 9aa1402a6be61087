import { hkdfSync } from "node:crypto";
import type { Settings } from "../env";
import { Fault } from "../errors";
import { isSigned, signedQuery } from "../pure/signed-url";
import type { MediaQuery } from "./inputs";

const KIND = "greeting";
const keys = new Map<string, Uint8Array>();

// MEDIA_SECRET signs more than one sort of URL; each has a key of its own.
function keyOf({ MEDIA_SECRET }: Settings): Uint8Array {
	let key = keys.get(MEDIA_SECRET);
	if (!key) {
		key = new Uint8Array(hkdfSync("sha256", MEDIA_SECRET, "", "media urls", 32));
		keys.set(MEDIA_SECRET, key);
	}
	return key;
}

/** An absolute URL that plays a greeting to whoever has it, until `expiresAt` (Unix milliseconds). For carriers and for players. */
export async function mediaUrl(settings: Settings, greetingFileId: string, expiresAt: number): Promise<string> {
	const signed = { kind: KIND, id: greetingFileId, expires: Math.ceil(expiresAt / 1_000) };
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	return `${base}/media/${encodeURIComponent(greetingFileId)}?${signedQuery(keyOf(settings), signed)}`;
}

/** Throws `bad_signature` unless the URL was made by {@link mediaUrl} and its time is not over. */
export function checkMediaUrl(settings: Settings, id: string, { e, k, s }: MediaQuery, now: number): void {
	if (k !== KIND || !isSigned(keyOf(settings), { kind: k, id, expires: e }, s, now))
		throw new Fault("bad_signature", "This link is not valid, or its time is over");
}
