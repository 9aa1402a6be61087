import type { Context } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { addressOf, type Bucket, HOUR, MINUTE } from "../../http/limits";
import { emailKey } from "../inputs";
import { knownDeviceOf } from "./cookies";

const QUARTER = 15 * MINUTE;

/**
 * What bounds guessing: failures per address and account, per address, and per account over all addresses. The last could be used
 * to lock somebody out, so a browser that signed in before has a bucket of its own instead.
 */
export function loginBuckets(c: Context<HttpEnv>, email: string): Bucket[] {
	const key = emailKey(email);
	const from = addressOf(c);
	const device = knownDeviceOf(c, key);
	const failures = (name: string, most: number): Bucket => ({
		key: `login:${name}`,
		windows: [{ most, seconds: QUARTER }],
		counts: "failures",
	});
	if (device) return [failures(`device:${device}`, 10), failures(`from:${from}`, 200)];
	return [failures(`pair:${key}:${from}`, 10), failures(`from:${from}`, 200), failures(`account:${key}`, 100)];
}

/** Sign-ups per address; those that met a taken address, which tell that it exists, more strictly. */
export function signUpBuckets(c: Context<HttpEnv>): Bucket[] {
	const from = addressOf(c);
	return [
		{ key: `signup:${from}`, windows: [{ most: 60, seconds: HOUR }] },
		{ key: `signup-refused:${from}`, windows: [{ most: 20, seconds: HOUR }], counts: "failures" },
	];
}

export function refreshBuckets(c: Context<HttpEnv>): Bucket[] {
	return [{ key: `refresh:${addressOf(c)}`, windows: [{ most: 60, seconds: MINUTE }] }];
}
