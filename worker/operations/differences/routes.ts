import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../../errors";
import { administrator } from "../../http/administrator";
import type { HttpEnv } from "../../http/http-env";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { closeDifference, openDifferences } from "./store";

const Difference = z.object({
	id: z.string(),
	source: z.enum(["carrier", "payments"]),
	kind: z.string(),
	ref: z.string(),
	accountId: z.string().nullable(),
	detail: z.unknown(),
	foundAt: z.string(),
	seenAt: z.string(),
});
const Closing = z.strictObject({ note: z.string().trim().max(500).default("") });

export const differencesApi = new Hono<HttpEnv>()
	.use("/admin/differences/*", signedIn, administrator)
	.get(
		"/admin/differences",
		says("Where our books and somebody else's disagree, newest first", 200, PageShape(Difference)),
		valid("query", PageQuery),
		async (c) => {
			const { limit, cursor } = c.req.valid("query");
			const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const rows = await openDifferences(c.var.scope.db, limit + 1, before);
			return c.json(
				pageOf(
					rows,
					limit,
					({ id }) => [id],
					({ id, source, kind, ref, accountId, detail, foundAt, seenAt }) => ({
						id,
						source,
						kind,
						ref,
						accountId,
						detail,
						foundAt: new Date(foundAt).toISOString(),
						seenAt: new Date(seenAt).toISOString(),
					}),
				),
			);
		},
	)
	.post(
		"/admin/differences/:id/close",
		says("Says that a difference has been dealt with", 200, z.object({ success: z.boolean() })),
		valid("json", Closing),
		async (c) => {
			const { db, userId, now } = c.var.scope;
			const { note } = c.req.valid("json");
			if (!(await closeDifference(db, c.req.param("id"), { by: userId, note, now: now() })))
				throw notFound("Difference");
			return c.json({ success: true });
		},
	);
