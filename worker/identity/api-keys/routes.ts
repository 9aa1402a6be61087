import { Hono } from "hono";
import * as z from "zod";
import { byPerson } from "../../http/by-person";
import type { HttpEnv } from "../../http/http-env";
import { signedIn } from "../../http/signed-in";
import { says, valid } from "../../http/valid";
import { KeyInput, KeyShape, NewKeyShape } from "./inputs";
import { keyOnWire, makeKey, revokeKey } from "./keys";
import { listKeys } from "./store";

export const apiKeysApi = new Hono<HttpEnv>()
	.get("/api-keys", says("The caller's API keys", 200, z.array(KeyShape)), signedIn, async (c) => {
		const { db, accountId, userId } = c.var.scope;
		return c.json((await listKeys(db, accountId, userId)).map(keyOnWire));
	})
	.post(
		"/api-keys",
		says("Makes an API key, and shows it this once", 201, NewKeyShape),
		signedIn,
		byPerson,
		valid("json", KeyInput),
		async (c) => c.json(await makeKey(c.var.scope, c.req.valid("json")), 201),
	)
	.delete(
		"/api-keys/:id",
		says("Revokes an API key", 200, z.object({ success: z.literal(true) })),
		signedIn,
		byPerson,
		async (c) => {
			await revokeKey(c.var.scope, c.req.param("id"));
			return c.json({ success: true });
		},
	);
