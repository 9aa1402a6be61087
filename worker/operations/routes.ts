import { Hono } from "hono";
import * as z from "zod";
import { version } from "../../package.json";
import { Fault } from "../errors";
import { administrator } from "../http/administrator";
import type { HttpEnv } from "../http/http-env";
import { signedIn } from "../http/signed-in";
import { says, valid } from "../http/valid";
import { InstallationSettings, Invariants, SettingsChange } from "./inputs";
import { changeSettings, readSettings } from "./installation-settings";
import { readInvariants } from "./invariants";
import { pingDatabase } from "./store";

export const operationsApi = new Hono<HttpEnv>()
	.get(
		"/health",
		says(
			"Whether the Worker runs, and which carrier it speaks to",
			200,
			z.object({ status: z.string(), version: z.string(), carrier: z.string() }),
		),
		(c) => c.json({ status: "ok", version, carrier: c.var.house.carrier.name }),
	)
	.get(
		"/db-test",
		says("Whether the database answers, and how fast", 200, z.object({ status: z.string(), latencyMs: z.number() })),
		async (c) => c.json({ status: "connected", latencyMs: await pingDatabase(c.var.house.db) }),
	)
	// Made from these routes when the site is built, and one of its files.
	.get("/openapi.json", async (c) => {
		const { ok, body } = await c.env.ASSETS.fetch(new URL("/openapi.json", c.req.url));
		if (!ok) throw new Fault("try_again", "The site is being built.", { retryAfter: 60 });
		return new Response(body, { headers: { "content-type": "application/json; charset=utf-8" } });
	})
	.get("/docs", says("Leads to the page on which to read and try the API", 302, null), (c) => c.redirect("/docs/api"))
	.use("/admin/invariants", signedIn, administrator)
	.use("/admin/settings", signedIn, administrator)
	.get("/admin/invariants", says("Whether everything that must hold does", 200, Invariants), async (c) =>
		c.json(await readInvariants(c.var.scope)),
	)
	.get("/admin/settings", says("What is decided for everybody", 200, InstallationSettings), async (c) =>
		c.json(await readSettings(c.var.scope)),
	)
	.patch(
		"/admin/settings",
		says("Changes what is decided for everybody", 200, InstallationSettings),
		valid("json", SettingsChange),
		async (c) => c.json(await changeSettings(c.var.scope, c.req.valid("json"))),
	);
