import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import type { HttpEnv } from "./http-env";

/** Lets only the account's owner on. Put it behind `signedIn`. */
export const ownersOnly = createMiddleware<HttpEnv>(async (c, next) => {
	if (c.get("scope").role !== "owner") throw new Fault("not_allowed", "Only the owner of the account may do this");
	await next();
});
