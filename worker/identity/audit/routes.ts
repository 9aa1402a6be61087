import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { listAudit } from "./store";

const Entry = z.object({
	id: z.string(),
	action: z.string(),
	actorId: z.string(),
	object: z.string(),
	detail: z.unknown(),
	ip: z.string(),
	userAgent: z.string(),
	createdAt: z.string(),
});

export const auditApi = new Hono<HttpEnv>().get(
	"/audit",
	says("What was done in the account that matters, newest first", 200, PageShape(Entry)),
	signedIn,
	ownersOnly,
	valid("query", PageQuery),
	async (c) => {
		const { db, accountId } = c.var.scope;
		const { limit, cursor } = c.req.valid("query");
		const [before] = decodeCursor(cursor, z.tuple([z.int()])) ?? [];
		const rows = await listAudit(db, accountId, { before, limit });
		return c.json(
			pageOf(
				rows,
				limit,
				({ seq }) => [seq],
				({ seq, accountId: _, createdAt, ...entry }) => ({
					id: String(seq),
					...entry,
					createdAt: new Date(createdAt).toISOString(),
				}),
			),
		);
	},
);
