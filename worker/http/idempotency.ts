import type { Context } from "hono";
import { Fault } from "../errors";
import type { HttpEnv } from "./http-env";

/** The caller's Idempotency-Key with a hash of what was asked under it. `key` null: none was given. */
export interface Once {
	key: string | null;
	requestHash: string;
}

/** Reads `Idempotency-Key` and hashes the request. Call it after the body has been validated: Hono keeps the body's text. */
export async function onceOf(c: Context<HttpEnv>): Promise<Once> {
	const key = c.req.header("idempotency-key") ?? null;
	if (key !== null && !/^[\x21-\x7e]{1,200}$/.test(key))
		throw new Fault("malformed", "Idempotency-Key: 1 to 200 printable characters");
	const text = `${c.req.method} ${c.req.path}\n${key === null ? "" : await c.req.text()}`;
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return { key, requestHash: new Uint8Array(digest).toHex() };
}
