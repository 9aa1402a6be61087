import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import { answerText } from "../http/answer-text";
import { csvAnswer } from "../http/csv-answer";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { decodeCursor, PageShape, pageText } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { personFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { reachOf } from "../numbers/reach";
import { exportCalls } from "./export-calls";
import { hangUp } from "./hang-up";
import {
	type Call,
	CallFilter,
	CallId,
	CallShape,
	CallStory,
	CallsQuery,
	Done,
	PlaceInput,
	TransferInput,
} from "./inputs";
import { type ListedCall, listedCalls } from "./list/store";
import { callStory, liveCalls } from "./log/store";
import { placeCall } from "./place";
import { callOnWire, listedText, storyOnWire } from "./shape";
import { transferCall } from "./transfer";

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
			const rows = await listedCalls(scope.db, scope.accountId, { reach: reachOf(scope), filter, before, limit });
			return answerText(
				c,
				pageText<Call, ListedCall>(rows, limit, ({ id }) => [id], listedText),
			);
		},
	)
	.post(
		"/calls",
		says("Calls somebody from a line of one's own: one's browser or telephone rings first", 201, CallShape),
		valid("json", PlaceInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await personFor(c.var.scope, input.userId);
			return answerOutcome(c, await placeCall(scope, input, await onceOf(c)), 201);
		},
	)
	.post("/calls/:id/hangup", says("Ends a call that goes on", 200, Done), valid("param", CallId), async (c) => {
		await hangUp(c.var.scope, c.req.valid("param").id);
		return c.json({ success: true as const });
	})
	.post(
		"/calls/:id/transfer",
		says("Hands a call that came in to somebody else", 200, Done),
		valid("param", CallId),
		valid("json", TransferInput),
		async (c) => {
			await transferCall(c.var.scope, c.req.valid("param").id, c.req.valid("json"));
			return c.json({ success: true as const });
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
