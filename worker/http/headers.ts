import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "./http-env";

const ALWAYS = {
	"cache-control": "no-store",
	"content-security-policy": "default-src 'none'; frame-ancestors 'none'",
	"cross-origin-resource-policy": "same-origin",
	"permissions-policy": "microphone=(), camera=(), geolocation=()",
	"referrer-policy": "no-referrer",
	"strict-transport-security": "max-age=31536000; includeSubDomains",
	"x-content-type-options": "nosniff",
};

/** Headers of every API and webhook answer. A route that says otherwise (media, docs) keeps its own. */
export const headers = createMiddleware<HttpEnv>(async (c, next) => {
	await next();
	for (const [name, value] of Object.entries(ALWAYS)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
});
