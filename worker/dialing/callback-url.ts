import type { Settings } from "../env";
import { Fault } from "../errors";
import { isSealed, keyFor, sealOf } from "../pure/seal";

/** What a carrier may call us about. */
export type CallbackKind = "answer" | "status" | "keys" | "transferred" | "machine" | "message" | "spoken" | "recorded";

const keyOf = ({ MEDIA_SECRET }: Settings) => keyFor(MEDIA_SECRET, "carrier callbacks");
const textOf = (kind: CallbackKind, attemptId: string) => `${kind}\n${attemptId}`;

/**
 * Where the carrier tells us about an attempt. The URL names the attempt itself, signed by us, because a callback can arrive
 * before the answer that carries the call's id, or that answer can be lost.
 */
export function callbackUrl(settings: Settings, kind: CallbackKind, attemptId: string, extra = ""): string {
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	const seal = sealOf(keyOf(settings), textOf(kind, attemptId));
	return `${base}/webhooks/twilio/voice/${kind}?a=${attemptId}&s=${seal}${extra}`;
}

/** The attempt that a callback is about; throws `bad_signature` unless the URL was made by {@link callbackUrl}. */
export function attemptOf(settings: Settings, kind: CallbackKind, query: { a: string; s: string }): string {
	if (!isSealed(keyOf(settings), textOf(kind, query.a), query.s))
		throw new Fault("bad_signature", "This callback was not made for this call");
	return query.a;
}
