import { Hono } from "hono";
import * as z from "zod";
import packageJson from "../../package.json";
import type { HttpEnv } from "../http/http-env";
import { says } from "../http/valid";
import { pingDatabase } from "./store";

export const operationsApi = new Hono<HttpEnv>()
	.get(
		"/health",
		says(
			"Whether the Worker runs, and which carrier it speaks to",
			200,
			z.object({ status: z.string(), version: z.string(), carrier: z.string() }),
		),
		(c) => c.json({ status: "ok", version: packageJson.version, carrier: c.var.house.carrier.name }),
	)
	.get(
		"/db-test",
		says("Whether the database answers, and how fast", 200, z.object({ status: z.string(), latencyMs: z.number() })),
		async (c) => c.json({ status: "connected", latencyMs: await pingDatabase(c.var.house.db) }),
	);
