import { Hono } from "hono";
import { Fault } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { UnreadableEvent } from "../outside/assistant/assistant";
import { hearAssistant } from "./calls/hear";

/** The assistant provider's door: who it is first, over the body as it came. */
export const assistantHooks = new Hono<HttpEnv>().post("/vapi", async (c) => {
	const { house } = c.var;
	const { assistants } = house;
	const rawBody = await c.req.text();
	if (!(await assistants.isGenuine({ rawBody, headers: c.req.raw.headers, now: house.now() })))
		throw new Fault("bad_signature", "Not from the assistant provider");
	return c.json(assistants.replyTo(await hearAssistant(house, eventIn(assistants, rawBody))));
});

function eventIn(assistants: HttpEnv["Variables"]["house"]["assistants"], rawBody: string) {
	try {
		return assistants.readEvent(rawBody);
	} catch (error) {
		if (error instanceof UnreadableEvent) throw new Fault("malformed", "Not an event", { cause: error });
		throw error;
	}
}
