import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { SIGNATURE_HEADER } from "../outside/carrier/carrier";
import type { HttpEnv } from "./http-env";

/**
 * Lets only what the carrier signed on: 400 without a signature, 403 with a wrong one, before anything of the body is believed.
 * The signed URL is made from the configured public origin; Host and X-Forwarded-* are anybody's to forge.
 */
export const carrierSigned = createMiddleware<HttpEnv>(async (c, next) => {
	const signature = c.req.header(SIGNATURE_HEADER);
	if (!signature) throw new Fault("malformed", "This address is for the carrier's signed requests");
	const { carrier, settings } = c.var.house;
	const { pathname, search } = new URL(c.req.url);
	const rawBody = c.req.method === "GET" ? "" : await c.req.text();
	const isForm = /^application\/x-www-form-urlencoded/i.test(c.req.header("content-type") ?? "");
	const genuine = await carrier.isFromCarrier({
		method: c.req.method,
		publicUrl: settings.PUBLIC_BASE_URL.replace(/\/$/, "") + pathname + search,
		form: isForm ? [...new URLSearchParams(rawBody)] : null,
		rawBody,
		signature,
	});
	if (!genuine) throw new Fault("bad_signature", "The signature does not fit this request");
	await next();
});
