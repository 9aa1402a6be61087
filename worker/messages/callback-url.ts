import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Settings } from "../env";

const keys = new Map<string, Buffer>();

function keyOf({ MEDIA_SECRET }: Settings): Buffer {
	const known = keys.get(MEDIA_SECRET);
	if (known) return known;
	const key = Buffer.from(hkdfSync("sha256", MEDIA_SECRET, "", "message callbacks", 32));
	keys.set(MEDIA_SECRET, key);
	return key;
}

const sign = (settings: Settings, messageId: string) =>
	createHmac("sha256", keyOf(settings)).update(messageId).digest("base64url");

/**
 * Where the carrier tells what becomes of a message. The URL names the message itself, signed by us, because a callback can arrive
 * before the answer that carries the carrier's reference, or that answer can be lost.
 */
export function messageStatusUrl(settings: Settings, messageId: string): string {
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	return `${base}/webhooks/twilio/messages/status?m=${messageId}&s=${sign(settings, messageId)}`;
}

/** The message that a callback is about; null when its URL was not made by {@link messageStatusUrl}. */
export function messageNamed(settings: Settings, { m, s }: { m?: string | undefined; s?: string | undefined }) {
	if (m === undefined || s === undefined) return null;
	const expected = Buffer.from(sign(settings, m));
	const given = Buffer.from(s);
	return expected.length === given.length && timingSafeEqual(expected, given) ? m : null;
}
