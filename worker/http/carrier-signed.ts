import { createMiddleware } from "hono/factory";
import { Fault } from "../errors";
import { SIGNATURE_HEADER } from "../outside/carrier/carrier";
import type { HttpEnv } from "./http-env";

// `c.req.text()` would do the same, and have workerd warn of each form that it is no text.
const decoder = new TextDecoder();

/** An address without its origin. Of a request it is as the platform has spelled it, so nothing is parsed once more. */
const fromPath = (url: string) => url.slice(url.indexOf("/", "https://".length));

/**
 * Lets only what the carrier signed on: 400 without a signature, 403 with a wrong one, before anything of the body is believed.
 * The signed URL is made from the configured public origin; Host and X-Forwarded-* are anybody's to forge.
 */
export const carrierSigned = createMiddleware<HttpEnv>(async (c, next) => {
	const signature = c.req.header(SIGNATURE_HEADER);
	if (!signature) throw new Fault("malformed", "This address is for the carrier's signed requests");
	const { carrier, settings } = c.get("house");
	const rawBody = c.req.method === "GET" ? "" : decoder.decode(await c.req.arrayBuffer());
	const isForm = /^application\/x-www-form-urlencoded/i.test(c.req.header("content-type") ?? "");
	const form = isForm ? new URLSearchParams(rawBody) : null;
	const genuine = await carrier.isFromCarrier({
		method: c.req.method,
		publicUrl: settings.PUBLIC_BASE_URL.replace(/\/$/, "") + fromPath(c.req.url),
		form: form && [...form],
		rawBody,
		signature,
	});
	if (!genuine) throw new Fault("bad_signature", "The signature does not fit this request");
	// `valid("form")` looks here first; else it would make a body of the text again and read that, for twice what the rest of a callback costs.
	if (form) c.req.bodyCache.formData = form as unknown as FormData; // of which it asks forEach only
	await next();
});
