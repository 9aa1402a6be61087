import { Hono } from "hono";
import { carrierSigned } from "../http/carrier-signed";
import type { HttpEnv } from "../http/http-env";
import { valid } from "../http/valid";
import { IncomingForm } from "./inputs";
import { receive } from "./receive";

/** Messages that the carrier hands over. Answered only once they are stored; the carrier itself confirms words like STOP. */
export const messageHooks = new Hono<HttpEnv>()
	.use(carrierSigned)
	.post("/incoming", valid("form", IncomingForm), async (c) => {
		await receive(c.var.house, c.req.valid("form"));
		return c.body(null, 204);
	});
