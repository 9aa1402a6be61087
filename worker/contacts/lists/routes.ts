import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../../http/http-env";
import { PageShape } from "../../http/pages";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { Contact, Done, OwnerQuery } from "../inputs";
import { ContactList, ListChangeInput, ListInput, MembersInput, MembersQuery } from "./inputs";
import { addList, addMembers, changeList, listMembers, readList, removeList, removeMember } from "./keep";
import { listOnWire } from "./shape";
import { listsOf } from "./store";

export const listsApi = new Hono<HttpEnv>()
	.get(
		"/contact-lists",
		says("The contact lists", 200, z.array(ContactList)),
		valid("query", OwnerQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await listsOf(db, accountId)).map(listOnWire));
		},
	)
	.post("/contact-lists", says("Opens a contact list", 201, ContactList), valid("json", ListInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await addList(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.get("/contact-lists/:id", says("One contact list", 200, ContactList), valid("query", OwnerQuery), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
		return c.json(await readList(scope, c.req.param("id")));
	})
	.patch("/contact-lists/:id", says("Renames a list", 200, ContactList), valid("json", ListChangeInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await changeList(await actingFor(c.var.scope, input.userId), c.req.param("id"), input));
	})
	.delete("/contact-lists/:id", says("Removes a list", 200, Done), valid("query", OwnerQuery), async (c) => {
		await removeList(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
		return c.json({ success: true as const });
	})
	.get(
		"/contact-lists/:id/contacts",
		says("The contacts of a list", 200, PageShape(Contact)),
		valid("query", MembersQuery),
		async (c) => {
			const query = c.req.valid("query");
			return c.json(await listMembers(await actingFor(c.var.scope, query.userId), c.req.param("id"), query));
		},
	)
	.post(
		"/contact-lists/:id/contacts",
		says("Puts contacts on a list", 200, ContactList),
		valid("json", MembersInput),
		async (c) => {
			const { userId, contactIds } = c.req.valid("json");
			return c.json(await addMembers(await actingFor(c.var.scope, userId), c.req.param("id"), contactIds));
		},
	)
	.delete(
		"/contact-lists/:id/contacts/:contactId",
		says("Takes a contact off a list", 200, Done),
		valid("query", OwnerQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			await removeMember(scope, c.req.param("id"), c.req.param("contactId"));
			return c.json({ success: true as const });
		},
	);
