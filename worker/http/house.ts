import { createMiddleware } from "hono/factory";
import { openHouse } from "../scope";
import type { HttpEnv } from "./http-env";

/** Opens the house for one request. */
export const house = createMiddleware<HttpEnv>(async (c, next) => {
	c.set(
		"house",
		openHouse(c.env, {
			freshness: c.req.method === "GET" ? "nearest" : "primary",
			bookmark: c.req.header("x-d1-bookmark"),
			defer: (work) => c.executionCtx.waitUntil(work),
		}),
	);
	await next();
});
