import { Hono } from "hono";
import * as z from "zod";
import { csvAnswer } from "../../http/csv-answer";
import type { HttpEnv } from "../../http/http-env";
import { HOUR, within } from "../../http/limits";
import { ownersOnly } from "../../http/owners-only";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { proveAudit } from "./chain";
import { auditCsv, entryOnWire } from "./export";
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
	/** Null until the entry is sealed, at most a minute after the deed. */
	seal: z.string().nullable(),
});

const Proven = z.object({
	entries: z.number(),
	intact: z.boolean(),
	brokenAt: z.string().nullable(),
	head: z.string(),
});

export const auditApi = new Hono<HttpEnv>()
	.get(
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
			return c.json(pageOf(rows, limit, ({ seq }) => [seq], entryOnWire));
		},
	)
	.get(
		"/audit/proof",
		says("Whether the log is as it was written, by its chain of seals", 200, Proven),
		signedIn,
		ownersOnly,
		async (c) => {
			const buckets = [{ key: `audit:${c.var.scope.accountId}`, windows: [{ most: 30, seconds: HOUR }] }];
			return c.json(await within(c, buckets, () => proveAudit(c.var.scope, c.var.scope.accountId)));
		},
	)
	.get("/audit/export.csv", says("The whole log with its seals, oldest first", 200, null), signedIn, ownersOnly, (c) =>
		csvAnswer("audit.csv", auditCsv(c.var.scope)),
	);
