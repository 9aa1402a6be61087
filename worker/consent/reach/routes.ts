import { Hono } from "hono";
import { administrator } from "../../http/administrator";
import type { HttpEnv } from "../../http/http-env";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Limits, LimitsChange } from "./inputs";
import { changeLimits, readLimits } from "./limits";

/** How far one account reaches. What holds for everybody is `reach` of /api/admin/settings. */
export const reachApi = new Hono<HttpEnv>()
	.use("/admin/accounts/*", signedIn, administrator)
	.get("/admin/accounts/:userId/reach", says("How far an account reaches", 200, Limits), async (c) =>
		c.json(await readLimits(await actingFor(c.var.scope, c.req.param("userId")))),
	)
	.patch(
		"/admin/accounts/:userId/reach",
		says("Decides how far an account reaches; null: as everybody", 200, Limits),
		valid("json", LimitsChange),
		async (c) => c.json(await changeLimits(await actingFor(c.var.scope, c.req.param("userId")), c.req.valid("json"))),
	);
