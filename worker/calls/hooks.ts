import { type Context, Hono } from "hono";
import { carrierSigned } from "../http/carrier-signed";
import type { HttpEnv } from "../http/http-env";
import { valid } from "../http/valid";
import { TWIML_TYPE } from "../outside/carrier/twiml";
import { type CallbackKind, placeOf } from "./callback-url";
import { announceTo, connectCallee } from "./connect-callee";
import { hearAsked } from "./consult/hear-asked";
import { enterRoom } from "./consult/rooms";
import { dialFromBrowser } from "./dial-from-browser";
import { goOn } from "./go-on";
import { hearLeg } from "./hear-leg";
import { hearRecording, hearTranscript, thank } from "./hear-recording";
import { hearStatus } from "./hear-status";
import {
	BrowserForm,
	CallbackQuery,
	CarrierForm,
	type CallbackQuery as Query,
	RecordedForm,
	TranscribedForm,
} from "./inputs";
import { connectAgent, release, wait } from "./queues/wait";
import { receiveCall } from "./receive";

const twiml = (c: Context<HttpEnv>, xml: string) => c.body(xml, 200, { "content-type": TWIML_TYPE });
const place = (c: Context<HttpEnv>, kind: CallbackKind, query: Query) => placeOf(c.var.house.settings, kind, query);

/** What the carrier asks and tells of our lines. Stands before the door of campaigns, whose status callbacks name an attempt. */
export const lineHooks = new Hono<HttpEnv>()
	.post("/incoming", carrierSigned, valid("form", CarrierForm), async (c) =>
		twiml(c, await receiveCall(c.var.house, c.req.valid("form"))),
	)
	.post("/status", async (c, next) => {
		if (c.req.query("a") !== undefined) return next();
		await carrierSigned(c, async () => {});
		const form = CarrierForm.parse(await c.req.parseBody());
		await hearStatus(c.var.house, undefined, form);
		return c.body(null, 204);
	});

/** What the carrier asks and tells of calls that are known. */
export const callHooks = new Hono<HttpEnv>()
	.use(carrierSigned)
	.post("/next", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await goOn(c.var.house, place(c, "next", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/agent", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await connectCallee(c.var.house, place(c, "agent", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/announce", valid("query", CallbackQuery), async (c) =>
		twiml(c, await announceTo(c.var.house, place(c, "announce", c.req.valid("query")))),
	)
	.post("/leg", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) => {
		await hearLeg(c.var.house, place(c, "leg", c.req.valid("query")), c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/browser", valid("form", BrowserForm), async (c) =>
		twiml(c, await dialFromBrowser(c.var.house, c.req.valid("form"))),
	)
	.post("/browser-status", valid("form", CarrierForm), async (c) => {
		const form = c.req.valid("form");
		await hearStatus(c.var.house, undefined, form);
		return c.body(null, 204);
	})
	.post("/wait", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await wait(c.var.house, place(c, "wait", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/taken", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await connectAgent(c.var.house, place(c, "taken", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/released", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await release(c.var.house, place(c, "released", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/consult", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await enterRoom(c.var.house, place(c, "consult", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/asked", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) => {
		await hearAsked(c.var.house, place(c, "asked", c.req.valid("query")), c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/voicemail", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) =>
		twiml(c, await thank(c.var.house, place(c, "voicemail", c.req.valid("query")), c.req.valid("form"))),
	)
	.post("/recorded", valid("query", CallbackQuery), valid("form", RecordedForm), async (c) => {
		await hearRecording(c.var.house, place(c, "recorded", c.req.valid("query")), c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/transcribed", valid("query", CallbackQuery), valid("form", TranscribedForm), async (c) => {
		await hearTranscript(c.var.house, place(c, "transcribed", c.req.valid("query")), c.req.valid("form"));
		return c.body(null, 204);
	})
	.post("/status", valid("query", CallbackQuery), valid("form", CarrierForm), async (c) => {
		const { callId } = place(c, "status", c.req.valid("query"));
		await hearStatus(c.var.house, callId, c.req.valid("form"));
		return c.body(null, 204);
	});
