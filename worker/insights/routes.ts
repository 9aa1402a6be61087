import { Hono } from "hono";
import { csvAnswer } from "../http/csv-answer";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { analyse, figuresCsv } from "./analyse";
import { Analytics, FiguresQuery } from "./inputs";

export const insightsApi = new Hono<HttpEnv>()
	.use("/dashboard/*", signedIn, ownersOnly)
	.get(
		"/dashboard/analytics",
		says("The account's own figures, by day, week or month of a time zone", 200, Analytics),
		valid("query", FiguresQuery),
		async (c) => {
			const query = c.req.valid("query");
			return c.json(await analyse(await actingFor(c.var.scope, query.userId), query));
		},
	)
	.get(
		"/dashboard/analytics.csv",
		says("The same by day, as CSV", 200, null),
		valid("query", FiguresQuery),
		async (c) => {
			const query = c.req.valid("query");
			const figures = await analyse(await actingFor(c.var.scope, query.userId), { ...query, step: "day" });
			return csvAnswer(`figures-${query.from}-${query.to}.csv`, figuresCsv(figures));
		},
	);
