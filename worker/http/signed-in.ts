import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { readAccessToken } from "../identity/access-token";
import type { HttpEnv } from "./http-env";

/** Lets only signed-in callers on and opens their scope. Reads no database: the access token says who it is. */
export const signedIn = createMiddleware<HttpEnv>(async (c, next) => {
	const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
	if (scheme?.toLowerCase() !== "bearer" || !token) throw new Fault("signed_out", "Sign in first");
	const house = c.var.house;
	const who = await readAccessToken(house.settings, token);
	c.set("scope", {
		...house,
		accountId: who.accountId,
		userId: who.userId,
		role: who.accountId === who.userId ? "owner" : "member",
		sessionId: who.sessionId,
	});
	await next();
});
