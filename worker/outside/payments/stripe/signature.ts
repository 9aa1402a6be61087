import { createHmac, timingSafeEqual } from "node:crypto";
import { ForgedEvent } from "../payments";

/** How old a signature may be, and how far ahead of our clock: against replays. */
const TOLERANCE_SECONDS = 300;

/**
 * The body's JSON, once one of the secrets (separated by commas while they are being changed) is found to have signed it: HMAC-SHA256
 * over `<t>.<body>`, in one of the header's `v1` (docs.stripe.com/webhooks/signature).
 */
export function readSigned(
	secrets: string | undefined,
	{ rawBody, signature, now }: { rawBody: string; signature: string; now: number },
): unknown {
	const at = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1];
	if (at === undefined || Math.abs(Number(at) - now / 1000) > TOLERANCE_SECONDS)
		throw new ForgedEvent("The signature is missing, too old, or from the future");
	const given = [...signature.matchAll(/(?:^|,)v1=([0-9a-f]{64})(?=,|$)/g)].map(([, hex]) =>
		Buffer.from(hex ?? "", "hex"),
	);
	const trusted = (secrets ?? "").split(",").filter(Boolean);
	const expected = trusted.map((secret) => createHmac("sha256", secret.trim()).update(`${at}.${rawBody}`).digest());
	if (!expected.some((ours) => given.some((theirs) => timingSafeEqual(ours, theirs))))
		throw new ForgedEvent("Not signed with a secret of ours");
	try {
		return JSON.parse(rawBody);
	} catch (cause) {
		throw new ForgedEvent("Not an event", { cause });
	}
}
