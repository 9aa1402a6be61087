import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import { answerNotFound } from "../../http/answer";
import type { HttpEnv } from "../../http/http-env";
import { decodeCursor, PageQuery, PageShape, pageOf } from "../../http/pages";
import { says, valid } from "../../http/valid";
import { listMailAnyAccount } from "../../outside/mail/store";
import { Explanation, explainSignUp } from "./explain";

const Mail = z.object({ id: z.string(), to: z.string(), subject: z.string(), text: z.string(), createdAt: z.string() });

/** Elsewhere these routes are not there at all. */
const onlyIn = (...places: string[]) =>
	createMiddleware<HttpEnv>(async (c, next) => {
		if (!places.includes(c.var.house.settings.ENVIRONMENT)) return answerNotFound(c);
		return next();
	});

export const debugApi = new Hono<HttpEnv>()
	.post(
		"/debug/register-test",
		says("What a sign-up would do, step by step", 200, Explanation),
		onlyIn("development"),
		valid("json", z.looseObject({})),
		async (c) => c.json(await explainSignUp(c.var.house, c.req.valid("json"))),
	)
	.get(
		"/debug/outbox",
		says("Mail that this machine did not send", 200, PageShape(Mail)),
		onlyIn("development", "test"),
		valid("query", PageQuery),
		async (c) => {
			const { limit, cursor } = c.req.valid("query");
			const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const rows = await listMailAnyAccount(c.var.house.db, { before, limit });
			return c.json(
				pageOf(
					rows,
					limit,
					({ id }) => [id],
					({ id, recipient, subject, body, createdAt }) => ({
						id,
						to: recipient,
						subject,
						text: body,
						createdAt: new Date(createdAt).toISOString(),
					}),
				),
			);
		},
	);
