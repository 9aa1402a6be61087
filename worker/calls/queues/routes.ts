import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { reachOf } from "../../numbers/reach";
import { holdMusic } from "../../pure/hold-music";
import { Done, TransferInput } from "../inputs";
import { stepFor } from "../transfer";
import { answerFromQueue, dropFromQueue, transferFromQueue } from "./act";
import { Queue, QueueCall, QueueChange, QueueInput, QueuesQuery } from "./inputs";
import { changeOneQueue, dropQueue, makeQueue, readQueue } from "./keep";
import { queueCallOnWire, queueOnWire } from "./shape";
import { queuesOf, waitingIn } from "./store";

const done = { success: true as const };

/** Queues: callers who wait, and the agents who take them. A member serves the queues that name it. */
export const queuesApi = new Hono<HttpEnv>()
	.use("/queues/*", signedIn)
	.get(
		"/queues",
		says("The queues, with who waits and how the day goes", 200, z.array(Queue)),
		valid("query", QueuesQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await queuesOf(scope.db, scope.accountId, reachOf(scope), scope.now())).map(queueOnWire));
		},
	)
	.post("/queues", says("Makes a queue", 201, Queue), ownersOnly, valid("json", QueueInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await makeQueue(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.get("/queues/:id", says("One queue", 200, Queue), async (c) =>
		c.json(await readQueue(c.var.scope, reachOf(c.var.scope), c.req.param("id"))),
	)
	.patch("/queues/:id", says("Changes a queue", 200, Queue), ownersOnly, valid("json", QueueChange), async (c) => {
		const input = c.req.valid("json");
		return c.json(await changeOneQueue(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
	})
	.delete("/queues/:id", says("Removes a queue in which nobody waits", 200, Done), ownersOnly, async (c) => {
		await dropQueue(c.var.scope, c.req.param("id"));
		return c.json(done);
	})
	.get("/queues/:id/calls", says("Who waits, the next one first", 200, z.array(QueueCall)), async (c) => {
		const { scope } = c.var;
		const rows = await waitingIn(scope.db, scope.accountId, reachOf(scope), c.req.param("id"));
		if (!rows) throw notFound("Queue");
		return c.json(rows.map(queueCallOnWire(scope.now())));
	})
	.post("/queues/:id/calls/:entryId/answer", says("Connects a caller with one's own browser", 200, Done), async (c) => {
		await answerFromQueue(c.var.scope, { queueId: c.req.param("id"), entryId: c.req.param("entryId") });
		return c.json(done);
	})
	.post(
		"/queues/:id/calls/:entryId/transfer",
		says("Sends a caller elsewhere", 200, Done),
		valid("json", TransferInput),
		async (c) => {
			const step = await stepFor(c.var.scope, c.req.valid("json"));
			await transferFromQueue(c.var.scope, { queueId: c.req.param("id"), entryId: c.req.param("entryId") }, step);
			return c.json(done);
		},
	)
	.delete("/queues/:id/calls/:entryId", says("Drops a caller", 200, Done), async (c) => {
		await dropFromQueue(c.var.scope, { queueId: c.req.param("id"), entryId: c.req.param("entryId") });
		return c.json(done);
	});

/** The music of those who wait. Nothing about it is anybody's secret. */
export const holdMusicDoor = new Hono<HttpEnv>().get("/", (c) =>
	c.body(holdMusic(), 200, { "content-type": "audio/wav", "cache-control": "public, max-age=86400" }),
);
