import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { reachOf } from "../numbers/reach";
import { Message, MessageInput, MessagesQuery, Preview, PreviewInput, UserQuery } from "./inputs";
import { preview } from "./preview";
import { messagesPage } from "./reading/store";
import { retry } from "./retry";
import { sendMessage } from "./send";
import { messageOnWire } from "./shape";

export const messagesApi = new Hono<HttpEnv>()
	.use("/messages/*", signedIn)
	.use("/conversations/*", signedIn)
	.post(
		"/messages",
		says("Sends a message from an own number. 202 while the carrier has not told whether it took it", 201, Message),
		valid("json", MessageInput),
		async (c) => {
			const { userId, ...input } = c.req.valid("json");
			const scope = await actingFor(c.var.scope, userId);
			return answerOutcome(c, await sendMessage(scope, input, await onceOf(c)), 201);
		},
	)
	.post(
		"/messages/preview",
		says("How a message would be cut, what it would cost, and what is in its way", 200, Preview),
		valid("json", PreviewInput),
		async (c) => {
			const { userId, ...input } = c.req.valid("json");
			return c.json(await preview(await actingFor(c.var.scope, userId), input));
		},
	)
	.post(
		"/messages/:id/retry",
		says("Tries a message that has failed again, once, as a new message", 201, Message),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return answerOutcome(c, await retry(scope, c.req.param("id"), await onceOf(c)), 201);
		},
	)
	.get(
		"/conversations/:id/messages",
		says("A conversation's messages, latest first", 200, PageShape(Message)),
		valid("query", MessagesQuery),
		async (c) => {
			const { limit, cursor, userId } = c.req.valid("query");
			const scope = await actingFor(c.var.scope, userId);
			const [before] = decodeCursor(cursor, z.tuple([z.number()])) ?? [];
			const asked = { conversationId: c.req.param("id"), reach: reachOf(scope), before, limit };
			const page = await messagesPage(scope.db, scope.accountId, asked);
			if (!page) throw notFound("Conversation");
			const { ownE164: own, peer, channel } = page.conversation;
			const now = scope.now();
			return c.json(
				pageOf(
					page.rows,
					limit,
					({ seq }) => [seq],
					(row) => messageOnWire(scope.settings, row, { own, peer, channel }, now),
				),
			);
		},
	);
