import { type Context, Hono } from "hono";
import { carrierSigned } from "../http/carrier-signed";
import type { HttpEnv } from "../http/http-env";
import { valid } from "../http/valid";
import { TWIML_TYPE } from "../outside/carrier/twiml";
import { answerCall } from "./answer-call";
import { attemptOf } from "./callback-url";
import { endTransfer } from "./end-transfer";
import { hearStatus } from "./hear-status";
import { AnswerQuery, CallbackQuery, StatusForm, StatusQuery, TransferForm, VoiceForm } from "./inputs";
import { pressKey } from "./press-key";

const twiml = (c: Context<HttpEnv>, xml: string) => c.body(xml, 200, { "content-type": TWIML_TYPE });

/** What the carrier tells about a campaign's calls, and asks what to do with them. */
export const dialingHooks = new Hono<HttpEnv>()
	.use(carrierSigned)
	.post("/answer", valid("query", AnswerQuery), valid("form", VoiceForm), async (c) => {
		const { house } = c.var;
		const query = c.req.valid("query");
		return twiml(c, await answerCall(house, attemptOf(house.settings, "answer", query), c.req.valid("form"), query.t));
	})
	.post("/keys", valid("query", AnswerQuery), valid("form", VoiceForm), async (c) => {
		const { house } = c.var;
		const query = c.req.valid("query");
		return twiml(c, await pressKey(house, attemptOf(house.settings, "keys", query), c.req.valid("form"), query.t));
	})
	.post("/transferred", valid("query", CallbackQuery), valid("form", TransferForm), async (c) => {
		const { house } = c.var;
		const attemptId = attemptOf(house.settings, "transferred", c.req.valid("query"));
		return twiml(c, await endTransfer(house, attemptId, c.req.valid("form")));
	})
	.post("/status", valid("query", StatusQuery), valid("form", StatusForm), async (c) => {
		const { house } = c.var;
		const query = c.req.valid("query");
		await hearStatus(house, query.c, attemptOf(house.settings, "status", query), c.req.valid("form"));
		return c.body(null, 204);
	});
