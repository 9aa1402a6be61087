import type { Context } from "hono";
import { Fault } from "../errors";
import type { Window } from "../identity/throttle";
import type { HttpEnv } from "./http-env";

/** One counter of what somebody did lately. */
export interface Bucket {
	/** Whose doing is counted, e.g. `login:203.0.113.7`. */
	key: string;
	windows: Window[];
	/** `failures`: what succeeds is not counted. */
	counts?: "all" | "failures";
	/** What happens when the counter does not answer. Logins and money refuse; reads go on. */
	unsure?: "refuse" | "allow";
}

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

/**
 * Does `work` if every bucket has room, else throws `rate_limited` with the seconds until the fullest one has. Counts before it works,
 * so requests at the same moment cannot pass together. RATE_LIMIT_SCALE multiplies every limit.
 */
export async function within<T>(c: Context<HttpEnv>, buckets: Bucket[], work: () => Promise<T>): Promise<T> {
	const taken = await Promise.all(buckets.map((bucket) => take(c, bucket)));
	const wait = Math.max(...taken.map(({ retryAfter }) => retryAfter));
	if (wait > 0) throw new Fault("rate_limited", "Too many tries. Wait a little.", { retryAfter: wait });
	const result = await work();
	for (const { bucket, hit } of taken)
		if (bucket.counts === "failures" && hit !== null)
			c.var.house.defer(c.env.THROTTLE.getByName(bucket.key).giveBack(hit));
	return result;
}

async function take(c: Context<HttpEnv>, bucket: Bucket) {
	const scale = c.var.house.settings.RATE_LIMIT_SCALE;
	const windows = bucket.windows.map(({ most, seconds }) => ({ most: Math.max(1, Math.floor(most * scale)), seconds }));
	try {
		return { bucket, ...(await c.env.THROTTLE.getByName(bucket.key).take(windows)) };
	} catch (cause) {
		if (bucket.unsure === "allow") return { bucket, hit: null, retryAfter: 0 };
		throw new Fault("try_again", "Cannot check the limits right now. Try again in a moment.", { retryAfter: 1, cause });
	}
}

/** Where a request comes from, as the platform saw it; an IPv6 network of one customer (/64) counts as one address. */
export function addressOf(c: Context<HttpEnv>): string {
	const ip = c.req.header("cf-connecting-ip") ?? "local";
	if (!ip.includes(":") || ip.startsWith("::ffff:")) return ip;
	const [head = "", tail = ""] = ip.toLowerCase().split("::");
	const left = head.split(":").filter(Boolean);
	const right = tail.split(":").filter(Boolean);
	const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
	return `${groups.slice(0, 4).join(":")}::/64`;
}
