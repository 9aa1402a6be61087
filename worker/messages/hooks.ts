import { Hono } from "hono";
import { carrierSigned } from "../http/carrier-signed";
import type { HttpEnv } from "../http/http-env";
import { valid } from "../http/valid";
import { messageNamed } from "./callback-url";
import { hearStatus } from "./hear-status";
import { IncomingForm, StatusForm, StatusQuery } from "./inputs";
import { receive } from "./receive";

/** Messages that the carrier hands over, and what becomes of ours. Answered only once it is stored; the carrier itself confirms words like STOP. */
export const messageHooks = new Hono<HttpEnv>()
	.use(carrierSigned)
	.post("/incoming", valid("form", IncomingForm), async (c) => {
		await receive(c.var.house, c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/status", valid("query", StatusQuery), valid("form", StatusForm), async (c) => {
		const { MessageSid, MessageStatus, ErrorCode } = c.req.valid("form");
		const messageId = messageNamed(c.var.house.settings, c.req.valid("query"));
		const news = { messageId, carrierRef: MessageSid, status: MessageStatus, errorCode: ErrorCode ?? null };
		await hearStatus(c.var.house, news);
		return c.body(null, 204);
	});
