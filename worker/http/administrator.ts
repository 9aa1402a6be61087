import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { isAdministrator } from "../identity/administrators";
import { findCandidate } from "../identity/store";
import type { HttpEnv } from "./http-env";

/** Lets only administrators of the installation on. Stands behind `signedIn`; asks the database each time, so a demotion holds at once. */
export const administrator = createMiddleware<HttpEnv>(async (c, next) => {
	const { db, userId, settings } = c.var.scope;
	const who = await findCandidate(db, userId);
	if (!who || !isAdministrator(settings, who)) throw new Fault("not_allowed", "Only administrators may do this.");
	await next();
});
