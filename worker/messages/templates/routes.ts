import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { signedIn } from "../../http/signed-in";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Done, UserQuery } from "../inputs";
import { Template, TemplateChange, TemplateInput } from "./inputs";
import { dropTemplate, listTemplates, makeTemplate, reviseTemplate } from "./templates";

/** Texts that are used again. Everybody in the account shares them. */
export const templatesApi = new Hono<HttpEnv>()
	.use("/message-templates/*", signedIn)
	.get(
		"/message-templates",
		says("The templates, by name", 200, z.array(Template)),
		valid("query", UserQuery),
		async (c) => c.json(await listTemplates(await actingFor(c.var.scope, c.req.valid("query").userId))),
	)
	.post(
		"/message-templates",
		says("Keeps a text for later", 201, Template),
		valid("json", TemplateInput),
		async (c) => {
			const input = c.req.valid("json");
			return c.json(await makeTemplate(await actingFor(c.var.scope, input.userId), input), 201);
		},
	)
	.patch(
		"/message-templates/:id",
		says("Changes a template", 200, Template),
		valid("json", TemplateChange),
		async (c) => {
			const input = c.req.valid("json");
			return c.json(await reviseTemplate(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
		},
	)
	.delete("/message-templates/:id", says("Throws a template away", 200, Done), valid("query", UserQuery), async (c) => {
		await dropTemplate(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	});
