import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { readAccessToken } from "../identity/access-token";
import { isKnownEnded } from "../identity/sessions/ended";
import type { HttpEnv } from "./http-env";

/** The token of `Authorization: Bearer`, if one was sent. */
export function bearerOf(c: Context<HttpEnv>): string | null {
	const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
	return scheme?.toLowerCase() === "bearer" && token ? token : null;
}

/** Lets only signed-in callers on and opens their scope. Reads no database: the access token says who it is. */
export const signedIn = createMiddleware<HttpEnv>(async (c, next) => {
	const token = bearerOf(c);
	if (!token) throw new Fault("signed_out", "Sign in first");
	const house = c.var.house;
	const who = await readAccessToken(house.settings, token);
	if (isKnownEnded(who.sessionId)) throw new Fault("signed_out", "This session has ended. Sign in again.");
	c.set("scope", {
		...house,
		accountId: who.accountId,
		userId: who.userId,
		role: who.accountId === who.userId ? "owner" : "member",
		sessionId: who.sessionId,
	});
	await next();
});
