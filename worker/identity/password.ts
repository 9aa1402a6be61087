import { createHmac, scrypt } from "node:crypto";
import type { Settings } from "../env";
import { newestPepper, pepper, sameSecret } from "./secrets";

// OWASP's row for scrypt that fits into a Worker's memory. The work blocks the isolate, so limits are checked before it.
const COST = { N: 2 ** 14, r: 8, p: 5 };
const PARAMETERS = "ln=14,r=8,p=5";
const HASH = /^\$scrypt\$v=(\d+)\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/;
/** How many passwords this isolate has stretched; tests read it, because each costs as much as everything else in a request. */
export const stretched = { count: 0 };

const encoding = { alphabet: "base64url", omitPadding: true } as const;

/** `$scrypt$v=<pepper>$ln=…,r=…,p=…$<salt>$<hash>`: all that is needed to check it later, but for the pepper. */
export async function hashPassword(settings: Settings, password: string): Promise<string> {
	const salt = crypto.getRandomValues(new Uint8Array(16));
	const version = newestPepper(settings);
	const hash = await peppered(settings, version, await stretch(password, salt, COST));
	if (!hash) throw new Error("the newest pepper is always there");
	return `$scrypt$v=${version}$${PARAMETERS}$${salt.toBase64(encoding)}$${hash.toBase64(encoding)}`;
}

/** Whether the password is the one that was hashed. Takes as long without a hash as with one, so nobody learns who exists. */
export async function isPassword(settings: Settings, password: string, stored: string | null): Promise<boolean> {
	const [, version, ln, r, p, salt, hash] = HASH.exec(stored ?? "") ?? [];
	if (!version || !salt || !hash) {
		await stretch(password, new Uint8Array(16), COST);
		return false;
	}
	const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) };
	const found = await peppered(settings, Number(version), await stretch(password, bytes(salt), cost));
	return found !== undefined && sameSecret(found, bytes(hash));
}

/** True when the hash was made with weaker parameters or an older pepper than today's. */
export function isOutdated(settings: Settings, stored: string): boolean {
	return !stored.startsWith(`$scrypt$v=${newestPepper(settings)}$${PARAMETERS}$`);
}

function stretch(password: string, salt: Uint8Array, cost: typeof COST): Promise<Uint8Array> {
	stretched.count++;
	return new Promise((resolve, reject) =>
		scrypt(password, salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
	);
}

async function peppered(settings: Settings, version: number, key: Uint8Array): Promise<Uint8Array | undefined> {
	const secret = pepper(settings, version);
	return secret && new Uint8Array(createHmac("sha256", secret).update(key).digest());
}

function bytes(text: string): Uint8Array {
	return Uint8Array.fromBase64(text, { alphabet: "base64url" });
}
