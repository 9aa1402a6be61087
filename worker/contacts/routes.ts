import { Hono } from "hono";
import { answerText } from "../http/answer-text";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { PageShape } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { importsApi } from "./import/routes";
import { Contact, ContactChangeInput, ContactInput, ContactsQuery, Done, OneContact, OwnerQuery } from "./inputs";
import { addContact, changeContact, forgetContact } from "./keep";
import { listsApi } from "./lists/routes";
import { listContacts, readContact } from "./page";
import { segmentsApi } from "./segments/routes";

export const contactsApi = new Hono<HttpEnv>()
	.use("/contacts/*", signedIn, ownersOnly)
	.use("/contact-lists/*", signedIn, ownersOnly)
	.use("/imports/*", signedIn, ownersOnly)
	.use("/segments/*", signedIn, ownersOnly)
	.route("/", listsApi)
	.route("/", importsApi)
	.route("/", segmentsApi)
	.get(
		"/contacts",
		says("The contacts, newest first", 200, PageShape(Contact)),
		valid("query", ContactsQuery),
		async (c) => {
			const query = c.req.valid("query");
			return answerText(c, await listContacts(await actingFor(c.var.scope, query.userId), query));
		},
	)
	.post("/contacts", says("Adds a contact", 201, Contact), valid("json", ContactInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await addContact(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.get("/contacts/:id", says("One contact", 200, OneContact), valid("query", OwnerQuery), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
		return c.json(await readContact(scope, c.req.param("id")));
	})
	.patch("/contacts/:id", says("Changes a contact", 200, Contact), valid("json", ContactChangeInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await changeContact(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
	})
	.delete("/contacts/:id", says("Forgets a contact", 200, Done), valid("query", OwnerQuery), async (c) => {
		await forgetContact(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	});
