import { hkdfSync } from "node:crypto";
import type { Settings } from "../../env";
import { Fault } from "../../errors";
import { isSigned, signedQuery } from "../../pure/signed-url";

const KIND = "message";
const keys = new Map<string, Uint8Array>();

// MEDIA_SECRET signs more than one sort of URL; each has a key of its own.
function keyOf({ MEDIA_SECRET }: Settings): Uint8Array {
	let key = keys.get(MEDIA_SECRET);
	if (!key) {
		key = new Uint8Array(hkdfSync("sha256", MEDIA_SECRET, "", "message media urls", 32));
		keys.set(MEDIA_SECRET, key);
	}
	return key;
}

const baseOf = ({ PUBLIC_BASE_URL }: Settings) => PUBLIC_BASE_URL.replace(/\/$/, "");

/** An absolute URL that shows a picture or file of a message to whoever has it, until `expiresAt` (Unix milliseconds). */
export function messageMediaUrl(settings: Settings, id: string, expiresAt: number): string {
	const signed = { kind: KIND, id, expires: Math.ceil(expiresAt / 1_000) };
	return `${baseOf(settings)}/media/messages/${encodeURIComponent(id)}?${signedQuery(keyOf(settings), signed)}`;
}

/** Throws `bad_signature` unless the URL was made by {@link messageMediaUrl} and its time is not over. */
export function checkMessageMediaUrl(
	settings: Settings,
	id: string,
	{ e, k, s }: { e: number; k: string; s: string },
	now: number,
): void {
	if (k !== KIND || !isSigned(keyOf(settings), { kind: k, id, expires: e }, s, now))
		throw new Fault("bad_signature", "This link is not valid, or its time is over");
}

/** The file that an address of ours shows; null for an address elsewhere, and undefined for one of ours that shows no file. */
export function ownMediaId(settings: Settings, url: URL): string | null | undefined {
	if (url.origin !== new URL(settings.PUBLIC_BASE_URL).origin) return null;
	return /^\/media\/messages\/(med_[0-9A-Z]{26})$/.exec(url.pathname)?.[1];
}
