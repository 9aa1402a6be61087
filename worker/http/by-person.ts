import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import type { HttpEnv } from "./http-env";

/** Lets only people on, not API keys: for credentials, keys themselves, and the end of the account. Stands behind `signedIn`. */
export const byPerson = createMiddleware<HttpEnv>(async (c, next) => {
	if (c.get("scope").apiKeyId !== undefined)
		throw new Fault("not_allowed", "An API key may not do this. Sign in with a password.");
	await next();
});
