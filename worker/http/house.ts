import { createMiddleware } from "hono/factory";
import { ulid } from "ulid";
import { openHouse } from "../scope";
import type { HttpEnv } from "./http-env";

/** Opens the house for one request, and tells the client what it needs for the next: request id, D1 bookmark, timing. */
export const house = createMiddleware<HttpEnv>(async (c, next) => {
	c.set("requestId", c.req.header("cf-ray") ?? ulid());
	c.set(
		"house",
		openHouse(c.env, {
			freshness: c.req.method === "GET" ? "nearest" : "primary",
			bookmark: c.req.header("x-d1-bookmark"),
			defer: (work) => c.executionCtx.waitUntil(work),
		}),
	);
	await next();
	const { db, settings } = c.var.house;
	c.header("x-request-id", c.var.requestId);
	const bookmark = db.bookmark();
	if (bookmark) c.header("x-d1-bookmark", bookmark);
	if (settings.ENVIRONMENT !== "production") c.header("server-timing", `d1;desc="${db.trips.count} round trips"`);
});
