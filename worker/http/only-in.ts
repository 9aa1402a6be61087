import { createMiddleware } from "hono/factory";
import type { Settings } from "../env";
import { answerNotFound } from "./answer";
import type { HttpEnv } from "./http-env";

/** Elsewhere the routes behind it are not there at all. */
export const onlyIn = (...places: Settings["ENVIRONMENT"][]) =>
	createMiddleware<HttpEnv>(async (c, next) => {
		if (!places.includes(c.var.house.settings.ENVIRONMENT)) return answerNotFound(c);
		return next();
	});
