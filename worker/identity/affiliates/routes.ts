import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { signedIn } from "../../http/signed-in";
import { personFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { joinAffiliates } from "./affiliates";
import { listReferred } from "./store";

const Referred = z.object({ id: z.string(), fullName: z.string().nullable(), joinedAt: z.string() });

export const affiliatesApi = new Hono<HttpEnv>()
	.post(
		"/profiles/:userId/affiliate",
		says("Becomes an affiliate", 200, z.object({ message: z.string() })),
		signedIn,
		async (c) => {
			await joinAffiliates(await personFor(c.var.scope, c.req.param("userId")));
			return c.json({ message: "You are an affiliate. Your referral code is on your profile." });
		},
	)
	.get(
		"/profiles/:userId/referrals",
		says("Who signed up with the referral code, newest first", 200, PageShape(Referred)),
		signedIn,
		valid("query", PageQuery),
		async (c) => {
			const { db, userId } = await personFor(c.var.scope, c.req.param("userId"));
			const { limit, cursor } = c.req.valid("query");
			const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const rows = await listReferred(db, userId, { before, limit });
			return c.json(
				pageOf(
					rows,
					limit,
					({ id }) => [id],
					({ createdAt, ...row }) => ({ ...row, joinedAt: new Date(createdAt).toISOString() }),
				),
			);
		},
	);
