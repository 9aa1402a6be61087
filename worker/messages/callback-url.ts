import type { Settings } from "../env";
import { isSealed, keyFor, sealOf } from "../pure/seal";

const keyOf = ({ MEDIA_SECRET }: Settings) => keyFor(MEDIA_SECRET, "message callbacks");

/**
 * Where the carrier tells what becomes of a message. The URL names the message itself, signed by us, because a callback can arrive
 * before the answer that carries the carrier's reference, or that answer can be lost.
 */
export function messageStatusUrl(settings: Settings, messageId: string): string {
	const base = settings.PUBLIC_BASE_URL.replace(/\/$/, "");
	return `${base}/webhooks/twilio/messages/status?m=${messageId}&s=${sealOf(keyOf(settings), messageId)}`;
}

/** The message that a callback is about; null when its URL was not made by {@link messageStatusUrl}. */
export function messageNamed(settings: Settings, { m, s }: { m?: string | undefined; s?: string | undefined }) {
	if (m === undefined || s === undefined) return null;
	return isSealed(keyOf(settings), m, s) ? m : null;
}
