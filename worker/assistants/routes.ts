import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { ownersOnly } from "../http/owners-only";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { callsPage, findCall } from "./calls/store";
import { changeAssistant } from "./change";
import { listConnections } from "./connections/store";
import { createAssistant } from "./create";
import {
	Assistant,
	AssistantCall,
	AssistantChange,
	AssistantInput,
	AssistantsQuery,
	CallsQuery,
	Connection,
	Removed,
	UserQuery,
} from "./inputs";
import { removeAssistant } from "./remove";
import { assistantOnWire, callOnWire, connectionOnWire } from "./shape";
import { findAssistant, listAssistants } from "./store";

const Key = z.tuple([z.string()]);

export const assistantsApi = new Hono<HttpEnv>()
	.use("/assistants/*", signedIn, ownersOnly)
	.use("/assistant-calls/*", signedIn, ownersOnly)
	.get(
		"/assistants",
		says("The account's assistants", 200, PageShape(Assistant)),
		valid("query", AssistantsQuery),
		async (c) => {
			const { userId, limit, cursor } = c.req.valid("query");
			const { db, accountId } = await actingFor(c.var.scope, userId);
			const rows = await listAssistants(db, accountId, { after: decodeCursor(cursor, Key)?.[0], limit });
			return c.json(pageOf(rows, limit, ({ id }) => [id], assistantOnWire));
		},
	)
	.post("/assistants", says("Makes an assistant", 201, Assistant), valid("json", AssistantInput), async (c) => {
		const input = c.req.valid("json");
		const scope = await actingFor(c.var.scope, input.userId);
		return answerOutcome(c, await createAssistant(scope, input, await onceOf(c)), 201);
	})
	.get(
		"/assistants/connections",
		says("The account's numbers, each with the assistant that answers it", 200, z.array(Connection)),
		valid("query", UserQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await listConnections(db, accountId)).map(connectionOnWire));
		},
	)
	.get("/assistants/:id", says("One assistant", 200, Assistant), async (c) => {
		const found = await findAssistant(c.var.scope.db, c.var.scope.accountId, c.req.param("id"));
		if (!found) throw notFound("Assistant");
		return c.json(assistantOnWire(found));
	})
	.patch("/assistants/:id", says("Changes an assistant", 200, Assistant), valid("json", AssistantChange), async (c) => {
		const input = c.req.valid("json");
		const changed = await changeAssistant(await actingFor(c.var.scope, input.userId), c.req.param("id"), input);
		return c.json(changed, changed.status === "pending" ? 202 : 200);
	})
	.delete("/assistants/:id", says("Deletes an assistant", 200, Removed), async (c) => {
		const status = await removeAssistant(c.var.scope, c.req.param("id"));
		return c.json({ success: true, status }, status === "deleted" ? 200 : 202);
	})
	.get(
		"/assistant-calls",
		says("Calls that assistants took, newest first", 200, PageShape(AssistantCall)),
		valid("query", CallsQuery),
		async (c) => {
			const { userId, assistantId, limit, cursor } = c.req.valid("query");
			const { db, accountId } = await actingFor(c.var.scope, userId);
			const before = decodeCursor(cursor, Key)?.[0];
			const rows = await callsPage(db, accountId, { assistantId, before, limit });
			return c.json(pageOf(rows, limit, ({ call }) => [call.id], callOnWire));
		},
	)
	.get("/assistant-calls/:id", says("One call that an assistant took", 200, AssistantCall), async (c) => {
		const found = await findCall(c.var.scope.db, c.var.scope.accountId, c.req.param("id"));
		if (!found) throw notFound("Call");
		return c.json(callOnWire(found));
	})
	.get("/assistant-calls/:id/recording", says("What was said, as sound", 200, null), async (c) => {
		const { db, accountId, audio } = c.var.scope;
		const found = await findCall(db, accountId, c.req.param("id"));
		const kept = found?.call.r2Key ? await audio.get(found.call.r2Key) : null;
		if (!kept) throw notFound("Recording");
		return new Response(kept.body, {
			headers: { "content-type": found?.call.mediaType ?? "audio/mpeg", "content-length": String(kept.size) },
		});
	});
