import { Hono } from "hono";
import * as z from "zod";
import { answerText } from "../../http/answer-text";
import type { HttpEnv } from "../../http/http-env";
import { PageShape } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Done, MessagesQuery, UserQuery } from "../inputs";
import { TimelineItem } from "../timeline/inputs";
import { readTimeline } from "../timeline/timeline";
import { addNote, changeConversation, markRead, readConversation } from "./conversations";
import {
	ConversationChange,
	ConversationDetail,
	ConversationsQuery,
	LabelCount,
	ListedConversation,
	Note,
	NoteInput,
} from "./inputs";
import { listConversations } from "./list";
import { labelsOf } from "./store";

export const conversationsApi = new Hono<HttpEnv>()
	.use("/conversations/*", signedIn)
	.use("/conversation-labels", signedIn)
	.get(
		"/conversations",
		says(
			"The conversations, latest first; with `q`, those in which the words are found",
			200,
			PageShape(ListedConversation),
		),
		valid("query", ConversationsQuery),
		async (c) => {
			const { userId, ...query } = c.req.valid("query");
			return answerText(c, await listConversations(await actingFor(c.var.scope, userId), query));
		},
	)
	.get(
		"/conversation-labels",
		says("The labels in use, most used first", 200, z.array(LabelCount)),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await labelsOf(scope.db, scope.accountId));
		},
	)
	.get(
		"/conversations/:id",
		says("A conversation with its contact, consent and who has seen it", 200, ConversationDetail),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await readConversation(scope, c.req.param("id")));
		},
	)
	.patch(
		"/conversations/:id",
		says("Archives, ends, snoozes, assigns or labels a conversation", 200, ConversationDetail),
		valid("json", ConversationChange),
		async (c) => {
			const { userId, ...change } = c.req.valid("json");
			return c.json(await changeConversation(await actingFor(c.var.scope, userId), c.req.param("id"), change));
		},
	)
	.get(
		"/conversations/:id/timeline",
		says("Messages, notes and calls with the peer, latest first", 200, PageShape(TimelineItem)),
		valid("query", MessagesQuery),
		async (c) => {
			const { userId, ...page } = c.req.valid("query");
			return c.json(await readTimeline(await actingFor(c.var.scope, userId), c.req.param("id"), page));
		},
	)
	.post("/conversations/:id/read", says("Nothing in it is unread any more", 200, Done), async (c) => {
		await markRead(c.var.scope, c.req.param("id"));
		return c.json({ success: true as const });
	})
	.post("/conversations/:id/notes", says("Writes an internal note", 201, Note), valid("json", NoteInput), async (c) => {
		const { userId, body } = c.req.valid("json");
		return c.json(await addNote(await actingFor(c.var.scope, userId), c.req.param("id"), body), 201);
	});
