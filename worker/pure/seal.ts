import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

const keys = new Map<string, Uint8Array>();

/** A key for one purpose (HKDF with SHA-256, RFC 5869), so that what a secret signs for one is worth nothing for another. */
export function keyFor(secret: string, purpose: string): Uint8Array {
	const name = `${purpose}\n${secret}`;
	let key = keys.get(name);
	if (!key) {
		key = new Uint8Array(hkdfSync("sha256", secret, "", purpose, 32));
		keys.set(name, key);
	}
	return key;
}

/** A text's signature (HMAC with SHA-256), as base64url. */
export const sealOf = (key: Uint8Array, text: string): string =>
	createHmac("sha256", key).update(text).digest("base64url");

/** True when `seal` is the text's signature. Takes as long for a near miss as for a far one. */
export function isSealed(key: Uint8Array, text: string, seal: string): boolean {
	const expected = Buffer.from(sealOf(key, text));
	const given = Buffer.from(seal);
	return expected.length === given.length && timingSafeEqual(expected, given);
}
