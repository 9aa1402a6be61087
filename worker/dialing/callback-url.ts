import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Settings } from "../env";
import { Fault } from "../errors";

/** What a carrier may call us about. */
export type CallbackKind = "answer" | "status" | "keys" | "transferred" | "machine" | "spoken" | "recorded";

const keys = new Map<string, Buffer>();

function keyOf({ MEDIA_SECRET }: Settings): Buffer {
	const known = keys.get(MEDIA_SECRET);
	if (known) return known;
	const key = Buffer.from(hkdfSync("sha256", MEDIA_SECRET, "", "carrier callbacks", 32));
	keys.set(MEDIA_SECRET, key);
	return key;
}

function sign(settings: Settings, kind: string, attemptId: string): string {
	return createHmac("sha256", keyOf(settings)).update(`${kind}\n${attemptId}`).digest("base64url");
}

/**
 * Where the carrier tells us about an attempt. The URL names the attempt itself, signed by us, because a callback can arrive
 * before the answer that carries the call's id, or that answer can be lost.
 */
export function callbackUrl(settings: Settings, kind: CallbackKind, attemptId: string, extra = ""): string {
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	return `${base}/webhooks/twilio/voice/${kind}?a=${attemptId}&s=${sign(settings, kind, attemptId)}${extra}`;
}

/** The attempt that a callback is about; throws `bad_signature` unless the URL was made by {@link callbackUrl}. */
export function attemptOf(settings: Settings, kind: CallbackKind, query: { a: string; s: string }): string {
	const expected = Buffer.from(sign(settings, kind, query.a));
	const given = Buffer.from(query.s);
	if (expected.length !== given.length || !timingSafeEqual(expected, given))
		throw new Fault("bad_signature", "This callback was not made for this call");
	return query.a;
}
