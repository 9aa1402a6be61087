import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../../errors";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { listNotices, readNotice } from "./store";
import { wordingOf } from "./wording";

export const Notice = z.object({
	id: z.string(),
	kind: z.string(),
	title: z.string(),
	text: z.string(),
	createdAt: z.string(),
	readAt: z.string().nullable(),
});

export const noticesApi = new Hono<HttpEnv>()
	.use("/notices/*", signedIn, ownersOnly)
	.get(
		"/notices",
		says("What the account has to know", 200, PageShape(Notice)),
		valid("query", PageQuery),
		async (c) => {
			const { db, accountId } = c.var.scope;
			const { limit, cursor } = c.req.valid("query");
			const [before] = decodeCursor(cursor, z.tuple([z.int()])) ?? [];
			const rows = await listNotices(db, accountId, limit + 1, before);
			return c.json(
				pageOf(
					rows,
					limit,
					({ seq }) => [seq],
					({ seq, kind, detail, createdAt, readAt }) => ({
						id: String(seq),
						kind,
						...wordingOf(kind, detail),
						createdAt: new Date(createdAt).toISOString(),
						readAt: readAt === null ? null : new Date(readAt).toISOString(),
					}),
				),
			);
		},
	)
	.post("/notices/:id/read", says("Marks a notice as read", 200, z.object({ success: z.boolean() })), async (c) => {
		const { db, accountId, now } = c.var.scope;
		if (!(await readNotice(db, accountId, Number(c.req.param("id")), now()))) throw notFound("Notice");
		return c.json({ success: true });
	});
