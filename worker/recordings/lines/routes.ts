import { Hono } from "hono";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { LineId, LineRecording, LineRecordingChange } from "./inputs";
import { changeLineRecording, readLineRecording } from "./keep";

/** What one line records, where that differs from its account. */
export const lineRecordingApi = new Hono<HttpEnv>()
	.use("/phone-numbers/:id/recording", signedIn, ownersOnly)
	.get(
		"/phone-numbers/:id/recording",
		says("What a number records; null is as the account has it", 200, LineRecording),
		valid("param", LineId),
		async (c) => c.json(await readLineRecording(c.var.scope, c.req.valid("param").id)),
	)
	.patch(
		"/phone-numbers/:id/recording",
		says("Decides what a number records; null takes it back", 200, LineRecording),
		valid("param", LineId),
		valid("json", LineRecordingChange),
		async (c) => {
			const { userId, ...change } = c.req.valid("json");
			const scope = await actingFor(c.var.scope, userId);
			return c.json(await changeLineRecording(scope, c.req.valid("param").id, change));
		},
	);
