import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Fault } from "../errors";

/** Refuses bodies that are longer, whether they say so or not, before they are read as a whole. */
export function atMost(maxSize: number): MiddlewareHandler {
	return bodyLimit({
		maxSize,
		onError: () => {
			throw new Fault("too_large", `At most ${maxSize / 1024} KB`);
		},
	});
}

/** Nothing that people say of themselves is long. */
export const smallBody = atMost(64 * 1024);

const usual = atMost(1024 * 1024);

/** No JSON is longer than a megabyte. Files and lists are sent as what they are, and whoever takes them says how long they may be. */
export const usualBody: MiddlewareHandler = (c, next) =>
	c.req.header("content-type")?.includes("json") ? usual(c, next) : next();

/** Nothing that a provider sends is longer: an hour's transcript with all its messages is a few megabytes. */
export const providersBody = atMost(10 * 1024 * 1024);
