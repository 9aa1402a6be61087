import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { Done, SipProvider, SipProviderChange, SipProviderInput, SipQuery, SipStatusInput } from "./inputs";
import { addProvider, changeProvider, removeProvider } from "./keep";
import { sipProviderOnWire } from "./shape";
import { sipProvidersOf } from "./store";

/** Telephone systems of the account's own, over which calls may go. */
export const sipApi = new Hono<HttpEnv>()
	.use("/sip-providers/*", signedIn, ownersOnly)
	.get(
		"/sip-providers",
		says("The account's SIP providers", 200, z.array(SipProvider)),
		valid("query", SipQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await sipProvidersOf(db, accountId)).map(sipProviderOnWire));
		},
	)
	.post(
		"/sip-providers",
		says("Adds a SIP provider. Its password is never told again", 201, SipProvider),
		valid("json", SipProviderInput),
		async (c) => {
			const input = c.req.valid("json");
			return c.json(sipProviderOnWire(await addProvider(await actingFor(c.var.scope, input.userId), input)), 201);
		},
	)
	.put(
		"/sip-providers/:id",
		says("Changes a SIP provider", 200, SipProvider),
		valid("json", SipProviderChange),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return c.json(sipProviderOnWire(await changeProvider(scope, c.req.param("id"), input)));
		},
	)
	.patch(
		"/sip-providers/:id/status",
		says("Switches a SIP provider on or off", 200, Done),
		valid("json", SipStatusInput),
		async (c) => {
			const { userId, active } = c.req.valid("json");
			await changeProvider(await actingFor(c.var.scope, userId), c.req.param("id"), { active });
			return c.json({ success: true as const });
		},
	)
	.delete("/sip-providers/:id", says("Removes a SIP provider", 200, Done), valid("query", SipQuery), async (c) => {
		await removeProvider(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	});
