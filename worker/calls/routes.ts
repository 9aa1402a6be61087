import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import { csvAnswer } from "../http/csv-answer";
import type { HttpEnv } from "../http/http-env";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { personFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { reachOf } from "../numbers/reach";
import { exportCalls } from "./export-calls";
import { CallFilter, CallId, CallShape, CallStory, CallsQuery } from "./inputs";
import { callOnWire, storyOnWire } from "./shape";
import { callStory, callsPage, liveCalls } from "./store";

const Key = z.tuple([z.string()]);

/** The call log: every call of every kind. An owner sees the whole account's, a member its own. */
export const callsApi = new Hono<HttpEnv>()
	.use("/calls/*", signedIn)
	.get(
		"/calls",
		says("The call log, latest first", 200, PageShape(CallShape)),
		valid("query", CallsQuery),
		async (c) => {
			const { limit, cursor, userId, ...filter } = c.req.valid("query");
			const scope = await personFor(c.var.scope, userId);
			const before = decodeCursor(cursor, Key)?.[0];
			const rows = await callsPage(scope.db, scope.accountId, { reach: reachOf(scope), filter, before, limit });
			return c.json(pageOf(rows, limit, ({ call }) => [call.id], callOnWire));
		},
	)
	.get("/calls/export.csv", says("The call log as CSV", 200, null), valid("query", CallFilter), async (c) => {
		const { userId, ...filter } = c.req.valid("query");
		const scope = await personFor(c.var.scope, userId);
		return csvAnswer("calls.csv", exportCalls(scope, reachOf(scope), filter));
	})
	.get("/calls/live", says("The calls that go on now", 200, z.array(CallShape)), async (c) => {
		const { scope } = c.var;
		return c.json((await liveCalls(scope.db, scope.accountId, reachOf(scope))).map(callOnWire));
	})
	.get("/calls/:id", says("One call and its story", 200, CallStory), valid("param", CallId), async (c) => {
		const { scope } = c.var;
		const story = await callStory(scope.db, scope.accountId, reachOf(scope), c.req.valid("param").id);
		if (!story) throw notFound("Call");
		return c.json(storyOnWire(story));
	});
