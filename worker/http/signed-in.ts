import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { readAccessToken } from "../identity/access-token";
import { KEY_PREFIX, readKey } from "../identity/api-keys/bearer-key";
import { scopesFor } from "../identity/api-keys/scopes";
import { isKnownEnded } from "../identity/sessions/ended";
import type { Scope } from "../scope";
import { tellChangedList } from "./changed-list";
import type { HttpEnv } from "./http-env";
import { addressOf } from "./limits";

/** The token of `Authorization: Bearer`, if one was sent. */
export function bearerOf(c: Context<HttpEnv>): string | null {
	const [scheme, token] = (c.req.header("authorization") ?? "").split(" ");
	return scheme?.toLowerCase() === "bearer" && token ? token : null;
}

/**
 * Lets only signed-in callers on and opens their scope. An access token says who it is without a database; an API key is read once
 * in a few seconds and opens only what its scopes cover.
 */
export const signedIn = createMiddleware<HttpEnv>(async (c, next) => {
	const token = bearerOf(c);
	if (!token) throw new Fault("signed_out", "Sign in first");
	const who = await (token.startsWith(KEY_PREFIX) ? byKey(c, token) : bySession(c, token));
	c.set("scope", {
		...c.get("house"),
		...who,
		// Read by those who write the audit log, and by nobody else.
		get device() {
			return { ip: addressOf(c), userAgent: (c.req.header("user-agent") ?? "").slice(0, 300) };
		},
	});
	await next();
	tellChangedList(c);
});

type Who = Pick<Scope, "accountId" | "userId" | "role" | "sessionId"> & Pick<Partial<Scope>, "apiKeyId">;

async function bySession(c: Context<HttpEnv>, token: string): Promise<Who> {
	const { accountId, userId, sessionId } = await readAccessToken(c.get("house").settings, token);
	if (isKnownEnded(sessionId)) throw new Fault("signed_out", "This session has ended. Sign in again.");
	return { accountId, userId, role: accountId === userId ? "owner" : "member", sessionId };
}

async function byKey(c: Context<HttpEnv>, token: string): Promise<Who> {
	const { id, accountId, userId, role, scopes } = await readKey(c.get("house"), token);
	const wanted = scopesFor(c.req.method, c.req.path);
	if (!wanted.some((scope) => scopes.includes(scope)))
		throw new Fault("not_allowed", `This API key lacks the scope ${wanted[0]}.`);
	return { accountId, userId, role, sessionId: null, apiKeyId: id };
}
