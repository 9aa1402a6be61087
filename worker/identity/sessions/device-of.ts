import type { Context } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { addressOf } from "../../http/limits";
import type { Device } from "./start-session";

/** Where a request comes from, as far as the door can tell. */
export function deviceOf(c: Context<HttpEnv>): Device {
	return { userAgent: (c.req.header("user-agent") ?? "").slice(0, 300), ip: addressOf(c) };
}
