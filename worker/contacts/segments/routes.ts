import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { PageShape } from "../../http/pages";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Contact, Done } from "../inputs";
import { Segment, SegmentChange, SegmentInput, SegmentPage, SegmentQuery, TagsInput } from "./inputs";
import { addSegment, changeSegment, listSegment, removeSegment, segmentOnWire, tagContacts } from "./keep";
import { segmentsOf } from "./store";

/** Saved filters over contacts, and the tags that they go by. */
export const segmentsApi = new Hono<HttpEnv>()
	.post(
		"/contacts/tags",
		says("Puts tags on contacts and takes others off", 200, z.object({ contacts: z.number() })),
		valid("json", TagsInput),
		async (c) => {
			const input = c.req.valid("json");
			return c.json({ contacts: await tagContacts(await actingFor(c.var.scope, input.userId), input) });
		},
	)
	.get("/segments", says("The saved filters", 200, z.array(Segment)), valid("query", SegmentQuery), async (c) => {
		const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
		return c.json((await segmentsOf(db, accountId)).map(segmentOnWire));
	})
	.post("/segments", says("Saves a filter", 201, Segment), valid("json", SegmentInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await addSegment(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.patch("/segments/:id", says("Changes a filter", 200, Segment), valid("json", SegmentChange), async (c) => {
		const input = c.req.valid("json");
		return c.json(await changeSegment(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
	})
	.delete("/segments/:id", says("Removes a filter", 200, Done), valid("query", SegmentQuery), async (c) => {
		await removeSegment(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	})
	.get(
		"/segments/:id/contacts",
		says("Whoever meets a filter now", 200, PageShape(Contact)),
		valid("query", SegmentPage),
		async (c) => {
			const query = c.req.valid("query");
			return c.json(await listSegment(await actingFor(c.var.scope, query.userId), c.req.param("id"), query));
		},
	);
