import { Hono } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { onceOf } from "../../http/idempotency";
import { answerOutcome } from "../../http/outcome";
import { signedIn } from "../../http/signed-in";
import { personFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { CallId, Done } from "../inputs";
import { askAbout } from "./ask";
import { connectConsult, takeBackConsult } from "./decide";
import { ConsultId, ConsultInput, ConsultShape } from "./inputs";

const done = { success: true as const };

/** Somebody is asked about a call while its customer waits on hold: a warm transfer, or only a question. */
export const consultsApi = new Hono<HttpEnv>()
	.use("/calls/*", signedIn)
	.post(
		"/calls/:id/consults",
		says("Calls somebody about a call, which waits on hold meanwhile", 201, ConsultShape),
		valid("param", CallId),
		valid("json", ConsultInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await personFor(c.var.scope, input.userId);
			return answerOutcome(c, await askAbout(scope, c.req.valid("param").id, input, await onceOf(c)), 201);
		},
	)
	.post(
		"/calls/:id/consults/:consultId/connect",
		says("Has the call go on with who was asked", 200, Done),
		valid("param", ConsultId),
		async (c) => {
			const { id, consultId } = c.req.valid("param");
			await connectConsult(c.var.scope, { callId: id, consultId });
			return c.json(done);
		},
	)
	.post(
		"/calls/:id/consults/:consultId/back",
		says("Lets go of who is asked and goes back to the call", 200, Done),
		valid("param", ConsultId),
		async (c) => {
			const { id, consultId } = c.req.valid("param");
			await takeBackConsult(c.var.scope, { callId: id, consultId });
			return c.json(done);
		},
	);
