import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds for which a code stands. */
export const PERIOD_SECONDS = 30;
const DIGITS = 6;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The step of the clock (RFC 6238, T) at a moment in Unix milliseconds. */
export const stepAt = (now: number): number => Math.floor(now / 1000 / PERIOD_SECONDS);

/** The code of a step: HOTP (RFC 4226) over HMAC-SHA-1, which is what authenticator apps take. */
export function codeAt(secret: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac("sha1", secret).update(counter).digest();
	const offset = (mac.at(-1) ?? 0) & 15;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The step that a code is for, at most one off the clock either way; null when it is wrong. */
export function stepOfCode(secret: Uint8Array, code: string, now: number): number | null {
	const given = Buffer.from(code);
	const fits = (step: number) => given.length === DIGITS && timingSafeEqual(Buffer.from(codeAt(secret, step)), given);
	return [0, -1, 1].map((off) => stepAt(now) + off).find((step) => step >= 0 && fits(step)) ?? null;
}

/** Base32 without padding (RFC 4648, section 6). */
export function base32(bytes: Uint8Array): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
	return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
}

/** The bytes that {@link base32} wrote. */
export function fromBase32(text: string): Uint8Array {
	const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
	return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** What an authenticator app reads from the picture (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function keyUri(issuer: string, label: string, secret: string): string {
	const query = `issuer=${encodeURIComponent(issuer)}&secret=${secret}&algorithm=SHA1&digits=${DIGITS}&period=${PERIOD_SECONDS}`;
	return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(label)}?${query}`;
}
