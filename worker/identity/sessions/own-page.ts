import { createMiddleware } from "hono/factory";
import { Fault } from "../../errors";
import type { HttpEnv } from "../../http/http-env";

/**
 * Lets on only what our own pages, or no browser at all, sent: for the routes that a cookie opens. Browsers say where a POST comes
 * from; a form cannot send JSON.
 */
export const fromOwnPage = createMiddleware<HttpEnv>(async (c, next) => {
	const site = c.req.header("sec-fetch-site");
	const origin = c.req.header("origin");
	const own = [new URL(c.req.url).origin, new URL(c.var.house.settings.PUBLIC_BASE_URL).origin];
	const strange = (site !== undefined && site !== "same-origin") || (origin !== undefined && !own.includes(origin));
	if (strange) throw new Fault("not_allowed", "Another site sent this.");
	const type = c.req.header("content-type");
	if (type !== undefined && !/^application\/json/i.test(type)) throw new Fault("wrong_type", "Send JSON or nothing.");
	await next();
});
