import { createHmac, timingSafeEqual } from "node:crypto";

/** What a signed URL says about itself: what it shows, until when. */
export interface Signed {
	kind: string;
	id: string;
	/** Unix seconds. */
	expires: number;
}

/** The query of a URL that shows one thing until a moment, to whoever has it. */
export function signedQuery(key: Uint8Array, signed: Signed): string {
	return `e=${signed.expires}&k=${encodeURIComponent(signed.kind)}&s=${signatureOf(key, signed)}`;
}

/** True when `signature` was made by {@link signedQuery} for exactly this, and its time is not over. Takes as long for a near miss as for a far one. */
export function isSigned(key: Uint8Array, signed: Signed, signature: string, now: number): boolean {
	const expected = Buffer.from(signatureOf(key, signed));
	const given = Buffer.from(signature);
	return expected.length === given.length && timingSafeEqual(expected, given) && now < signed.expires * 1_000;
}

function signatureOf(key: Uint8Array, { kind, id, expires }: Signed): string {
	return createHmac("sha256", key).update(`GET\n${kind}\n${id}\n${expires}`).digest("base64url");
}
