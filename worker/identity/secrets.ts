import { createHash, createHmac, hkdfSync } from "node:crypto";
import type { Settings } from "../env";

const derived = new Map<string, Uint8Array>();

/** A key for one purpose, so that no secret serves two. */
function keyFor(secret: string, purpose: string): Uint8Array {
	const name = `${purpose}\n${secret}`;
	const known = derived.get(name);
	if (known) return known;
	const key = new Uint8Array(hkdfSync("sha256", secret, "trunkline", purpose, 32));
	derived.set(name, key);
	return key;
}

/** The number of the newest pepper: hashes made with an older one are renewed when their owner signs in. */
export function newestPepper({ ENCRYPTION_KEYS }: Settings): number {
	return Math.max(...Object.keys(ENCRYPTION_KEYS).map(Number));
}

/** What is mixed into password hashes, so that a stolen database alone is of no use; undefined when that key is gone. */
export function pepper({ ENCRYPTION_KEYS }: Settings, version: number): Uint8Array | undefined {
	const secret = ENCRYPTION_KEYS[String(version)];
	return secret === undefined ? undefined : keyFor(secret, "password pepper");
}

/** A keyed digest of `text` for one purpose: makes tokens that can be recognised without being stored. */
export function sealOf({ JWT_SECRET }: Settings, purpose: string, text: string): Uint8Array<ArrayBuffer> {
	return new Uint8Array(createHmac("sha256", keyFor(JWT_SECRET, purpose)).update(text).digest());
}

/** What is stored in place of a random token. */
export function digestOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}

/** 256 random bits, safe in a URL or cookie. */
export function newToken(): string {
	return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

export function base64url(bytes: Uint8Array): string {
	return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Compares two secrets in a time that says nothing about where they differ. */
export function sameSecret(one: Uint8Array, other: Uint8Array): boolean {
	return one.byteLength === other.byteLength && crypto.subtle.timingSafeEqual(one, other);
}
