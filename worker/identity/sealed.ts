import type { Settings } from "../env";

// AES-256-GCM as `v1|key|iv|ciphertext`; the place that it is stored in is sealed along, so a row cannot be swapped for another's.
const FORM = /^v1\|(\d+)\|([\w-]+)\|([\w-]+)$/;
const encoding = { alphabet: "base64url", omitPadding: true } as const;
const keys = new Map<string, Promise<CryptoKey>>();

/** Encrypts a secret that must be read again, with the newest of ENCRYPTION_KEYS. `place`: account, table, row and column. */
export async function seal(settings: Settings, secret: string, place: string): Promise<string> {
	const version = Math.max(...Object.keys(settings.ENCRYPTION_KEYS).map(Number));
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const sealed = await crypto.subtle.encrypt(
		{ name: "AES-GCM", iv, additionalData: utf8(place) },
		await keyOf(settings, version),
		utf8(secret),
	);
	return `v1|${version}|${iv.toBase64(encoding)}|${new Uint8Array(sealed).toBase64(encoding)}`;
}

/** The secret again. Throws when it was changed, moved, or sealed with a key that is gone. */
export async function unseal(settings: Settings, sealed: string, place: string): Promise<string> {
	const [, version, iv, text] = FORM.exec(sealed) ?? [];
	if (!version || !iv || !text) throw new Error("not a sealed secret");
	const secret = await crypto.subtle.decrypt(
		{ name: "AES-GCM", iv: bytes(iv), additionalData: utf8(place) },
		await keyOf(settings, Number(version)),
		bytes(text),
	);
	return new TextDecoder().decode(secret);
}

function keyOf({ ENCRYPTION_KEYS }: Settings, version: number): Promise<CryptoKey> {
	const secret = ENCRYPTION_KEYS[String(version)];
	if (!secret) throw new Error(`ENCRYPTION_KEYS lacks key ${version}`);
	const known = keys.get(secret);
	if (known) return known;
	const key = deriveKey(secret);
	keys.set(secret, key);
	return key;
}

async function deriveKey(secret: string): Promise<CryptoKey> {
	const base = await crypto.subtle.importKey("raw", Uint8Array.fromBase64(secret), "HKDF", false, ["deriveKey"]);
	return crypto.subtle.deriveKey(
		{ name: "HKDF", hash: "SHA-256", salt: utf8("trunkline"), info: utf8("sealed secrets") },
		base,
		{ name: "AES-GCM", length: 256 },
		false,
		["encrypt", "decrypt"],
	);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
