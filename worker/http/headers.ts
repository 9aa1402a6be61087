import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "./http-env";

const ALWAYS: [name: string, value: string][] = [
	["cache-control", "no-store"],
	["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
	["cross-origin-resource-policy", "same-origin"],
	["permissions-policy", "microphone=(), camera=(), geolocation=()"],
	["referrer-policy", "no-referrer"],
	["strict-transport-security", "max-age=31536000; includeSubDomains"],
	["x-content-type-options", "nosniff"],
];
const REQUEST_ID = "x-request-id";

/**
 * Headers of every API and webhook answer: those for safety, and what the client needs for the next request (request id, D1 bookmark,
 * timing). A route that says otherwise (media, docs) keeps its own.
 */
export const headers = createMiddleware<HttpEnv>(async (c, next) => {
	const requestId = c.req.header("cf-ray") ?? crypto.randomUUID();
	c.set("requestId", requestId);
	// Before the answer is made: afterwards Hono would make it anew for each of them.
	for (const [name, value] of ALWAYS) c.header(name, value);
	c.header(REQUEST_ID, requestId);
	await next();
	if (!c.res.headers.has(REQUEST_ID)) adopt(c, requestId);
	const house = c.get("house");
	if (!house) return; // the settings are not usable
	const bookmark = house.db.bookmark();
	if (bookmark) c.res.headers.set("x-d1-bookmark", bookmark);
	if (house.settings.ENVIRONMENT !== "production")
		c.res.headers.set("server-timing", `d1;desc="${house.db.trips.count} round trips"`);
});

/** An answer that the route has made or got itself, and whose headers may be locked, gets them too. */
function adopt(c: Context<HttpEnv>, requestId: string): void {
	const own = new Response(c.res.body, c.res);
	for (const [name, value] of ALWAYS) if (!own.headers.has(name)) own.headers.set(name, value);
	own.headers.set(REQUEST_ID, requestId);
	c.res = undefined; // or Hono would copy it once more
	c.res = own;
}
