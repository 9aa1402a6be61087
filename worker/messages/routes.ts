import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { reachOf } from "../numbers/reach";
import { Conversation, ConversationsQuery, Done, Message } from "./inputs";
import { conversationOnWire, messageOnWire } from "./shape";
import { conversationsPage, messagesPage, reading } from "./store";

export const messagesApi = new Hono<HttpEnv>()
	.use("/conversations/*", signedIn)
	.get(
		"/conversations",
		says("The conversations, latest first", 200, PageShape(Conversation)),
		valid("query", ConversationsQuery),
		async (c) => {
			const { limit, cursor, userId } = c.req.valid("query");
			const scope = await actingFor(c.var.scope, userId);
			const before = decodeCursor(cursor, z.tuple([z.number(), z.string()]));
			const rows = await conversationsPage(scope.db, scope.accountId, { reach: reachOf(scope), before, limit });
			return c.json(pageOf(rows, limit, ({ lastAt, id }) => [lastAt, id], conversationOnWire));
		},
	)
	.get(
		"/conversations/:id/messages",
		says("A conversation's messages, latest first", 200, PageShape(Message)),
		valid("query", ConversationsQuery),
		async (c) => {
			const { limit, cursor, userId } = c.req.valid("query");
			const scope = await actingFor(c.var.scope, userId);
			const [before] = decodeCursor(cursor, z.tuple([z.number()])) ?? [];
			const asked = { conversationId: c.req.param("id"), reach: reachOf(scope), before, limit };
			const rows = await messagesPage(scope.db, scope.accountId, asked);
			if (!rows) throw notFound("Conversation");
			return c.json(pageOf(rows, limit, ({ seq }) => [seq], messageOnWire));
		},
	)
	.post("/conversations/:id/read", says("Nothing in it is unread any more", 200, Done), async (c) => {
		const { scope } = c.var;
		const [found] = await reading(scope.db, scope.accountId, reachOf(scope), c.req.param("id"));
		if (!found) throw notFound("Conversation");
		return c.json({ success: true as const });
	});
