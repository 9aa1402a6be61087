import { type Context, Hono } from "hono";
import { carrierSigned } from "../http/carrier-signed";
import type { HttpEnv } from "../http/http-env";
import { valid } from "../http/valid";
import { TWIML_TYPE, voiceAnswer } from "../outside/carrier/twiml";
import { phrase } from "../pure/phrases";
import { answerCall } from "./answer-call";
import { attemptOf } from "./callback-url";
import { endTransfer } from "./end-transfer";
import { hearMachine } from "./hear-machine";
import { hearStatus } from "./hear-status";
import {
	AnswerQuery,
	CallbackQuery,
	RecordedForm,
	SpokenQuery,
	StatusForm,
	StatusQuery,
	TransferForm,
	VoiceForm,
} from "./inputs";
import { leaveMessage } from "./leave-message";
import { pressKey } from "./press-key";
import { hearRecording } from "./requests/hear-recording";

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
	.post("/machine", valid("query", CallbackQuery), valid("form", VoiceForm), async (c) => {
		const { house } = c.var;
		await hearMachine(house, attemptOf(house.settings, "machine", c.req.valid("query")), c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/message", valid("query", CallbackQuery), valid("form", VoiceForm), async (c) => {
		const { house } = c.var;
		const attemptId = attemptOf(house.settings, "message", c.req.valid("query"));
		return twiml(c, await leaveMessage(house, attemptId, c.req.valid("form")));
	})
	.post("/spoken", valid("query", SpokenQuery), valid("form", VoiceForm), (c) => {
		const query = c.req.valid("query");
		attemptOf(c.var.house.settings, "spoken", query);
		return twiml(
			c,
			voiceAnswer()
				.say(...phrase("thanks", query.l))
				.hangup()
				.toXml(),
		);
	})
	.post("/recorded", valid("query", CallbackQuery), valid("form", RecordedForm), async (c) => {
		const { house } = c.var;
		const attemptId = attemptOf(house.settings, "recorded", c.req.valid("query"));
		await hearRecording(house, attemptId, c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/status", valid("query", StatusQuery), valid("form", StatusForm), async (c) => {
		const { house } = c.var;
		const query = c.req.valid("query");
		await hearStatus(house, query.c, attemptOf(house.settings, "status", query), c.req.valid("form"));
		return c.body(null, 204);
	});
