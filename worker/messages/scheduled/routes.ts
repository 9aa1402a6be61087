import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { onceOf } from "../../http/idempotency";
import { answerOutcome } from "../../http/outcome";
import { ownersOnly } from "../../http/owners-only";
import { decodeCursor, PageShape } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Done, ScheduleInput, UserQuery } from "../inputs";
import { changeMessageSettings, readMessageSettings } from "./help";
import { MessageSettings, ScheduledMessage, ScheduledQuery, SettingsChange } from "./inputs";
import { cancelScheduled, listScheduled, schedule } from "./schedule";

/** Messages that wait for their time, and what HELP is answered with. */
export const scheduledApi = new Hono<HttpEnv>()
	.use("/scheduled-messages/*", signedIn)
	.use("/message-settings", signedIn, ownersOnly)
	.get(
		"/scheduled-messages",
		says("What waits to be sent, and what came of it, latest first", 200, PageShape(ScheduledMessage)),
		valid("query", ScheduledQuery),
		async (c) => {
			const { userId, limit, cursor, conversationId } = c.req.valid("query");
			const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const scope = await actingFor(c.var.scope, userId);
			return c.json(await listScheduled(scope, { limit, before, conversationId }));
		},
	)
	.post(
		"/scheduled-messages",
		says("Sends a message at a time to come", 201, ScheduledMessage),
		valid("json", ScheduleInput),
		async (c) => {
			const { userId, ...input } = c.req.valid("json");
			const scope = await actingFor(c.var.scope, userId);
			return answerOutcome(c, await schedule(scope, input, await onceOf(c)), 201);
		},
	)
	.delete(
		"/scheduled-messages/:id",
		says("Takes a message back that still waits", 200, Done),
		valid("query", UserQuery),
		async (c) => {
			await cancelScheduled(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
			return c.json({ success: true as const });
		},
	)
	.get(
		"/message-settings",
		says("What HELP is answered with", 200, MessageSettings),
		valid("query", UserQuery),
		async (c) => c.json(await readMessageSettings(await actingFor(c.var.scope, c.req.valid("query").userId))),
	)
	.patch(
		"/message-settings",
		says("Decides what HELP is answered with", 200, MessageSettings),
		valid("json", SettingsChange),
		async (c) => {
			const { userId, helpText } = c.req.valid("json");
			return c.json(await changeMessageSettings(await actingFor(c.var.scope, userId), helpText));
		},
	);
