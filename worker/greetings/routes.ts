import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { openUpload } from "../http/upload";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { Done, Greeting, GreetingsQuery, UploadFields } from "./inputs";
import { addGreeting, listGreetings, removeGreeting } from "./keep";
import { receiveRecording } from "./receive";

export const greetingsApi = new Hono<HttpEnv>()
	.use("/greeting-files/*", signedIn, ownersOnly)
	.get("/greeting-files", says("The greetings", 200, z.array(Greeting)), valid("query", GreetingsQuery), async (c) =>
		c.json(await listGreetings(await actingFor(c.var.scope, c.req.valid("query").userId))),
	)
	.post("/greeting-files", says("Uploads a WAV, MP3 or OGG recording: `file` in a form", 201, Greeting), async (c) => {
		const upload = await openUpload(c, UploadFields);
		const recording = await receiveRecording(upload.bytes);
		const scope = await actingFor(c.var.scope, upload.fields().userId); // may stand behind the file
		return c.json(await addGreeting(scope, upload.filename, recording), 201);
	})
	.delete("/greeting-files/:id", says("Removes a greeting", 200, Done), valid("query", GreetingsQuery), async (c) => {
		await removeGreeting(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	});
