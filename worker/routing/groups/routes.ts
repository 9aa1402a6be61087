import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Done, RingGroup, RingGroupChange, RingGroupInput, RingGroupsQuery } from "./inputs";
import { changeOneRingGroup, dropRingGroup, makeRingGroup, ringGroupOnWire } from "./keep";
import { findRingGroup, ringGroupsOf } from "./store";

/** People who are rung together under one name. */
export const ringGroupsApi = new Hono<HttpEnv>()
	.use("/ring-groups/*", signedIn, ownersOnly)
	.get(
		"/ring-groups",
		says("People who are rung together, by name", 200, z.array(RingGroup)),
		valid("query", RingGroupsQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await ringGroupsOf(db, accountId)).map(ringGroupOnWire));
		},
	)
	.post("/ring-groups", says("Makes a ring group", 201, RingGroup), valid("json", RingGroupInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await makeRingGroup(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.get("/ring-groups/:id", says("One ring group", 200, RingGroup), async (c) => {
		const { db, accountId } = c.var.scope;
		const found = await findRingGroup(db, accountId, c.req.param("id"));
		if (!found) throw notFound("Ring group");
		return c.json(ringGroupOnWire(found));
	})
	.patch(
		"/ring-groups/:id",
		says("Changes a ring group", 200, RingGroup),
		valid("json", RingGroupChange),
		async (c) => {
			const input = c.req.valid("json");
			return c.json(await changeOneRingGroup(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
		},
	)
	.delete("/ring-groups/:id", says("Removes a group that no line rings", 200, Done), async (c) => {
		await dropRingGroup(c.var.scope, c.req.param("id"));
		return c.json({ success: true as const });
	});
