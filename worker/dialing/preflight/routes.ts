import { Hono } from "hono";
import { CampaignId } from "../../campaigns/inputs";
import type { HttpEnv } from "../../http/http-env";
import { ownersOnly } from "../../http/owners-only";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { PreflightQuery, PreflightShape } from "./inputs";
import { preflight } from "./preflight";

export const preflightApi = new Hono<HttpEnv>()
	.use(signedIn, ownersOnly)
	.get(
		"/:id/preflight",
		says(
			"What a campaign would do if it started: who is called when, who is not and why, and the most it costs",
			200,
			PreflightShape,
		),
		valid("param", CampaignId),
		valid("query", PreflightQuery),
		async (c) => {
			const { id } = c.req.valid("param");
			return c.json(await preflight(c.var.scope, id, c.req.valid("query").startsAt));
		},
	);
