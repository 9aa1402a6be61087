import { Hono } from "hono";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { HOUR, within } from "../http/limits";
import { ownersOnly } from "../http/owners-only";
import { PageShape } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { CSV, fieldsFirst, openUpload } from "../http/upload";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { allowAgain, forbid, listDoNotCall, readDoNotCall } from "./do-not-call";
import { importDoNotCall } from "./import-do-not-call";
import {
	DoNotCall,
	DoNotCallInput,
	DoNotCallQuery,
	DoNotCallReport,
	DoNotCallsQuery,
	DoNotCallWithHistory,
	Done,
	EntryId,
	ImportFields,
	ImportQuery,
} from "./inputs";

export const consentApi = new Hono<HttpEnv>()
	.use("/do-not-call/*", signedIn, ownersOnly)
	.get(
		"/do-not-call",
		says("Numbers that this account never calls or texts", 200, PageShape(DoNotCall)),
		valid("query", DoNotCallsQuery),
		async (c) => {
			const query = c.req.valid("query");
			return c.json(await listDoNotCall(await actingFor(c.var.scope, query.userId), query));
		},
	)
	.post("/do-not-call", says("Puts a number on the list", 201, DoNotCall), valid("json", DoNotCallInput), async (c) => {
		const input = c.req.valid("json");
		return c.json(await forbid(await actingFor(c.var.scope, input.userId), input), 201);
	})
	.post(
		"/do-not-call/import",
		says("Puts the numbers of a CSV file on the list: the body itself, or `file` in a form", 201, DoNotCallReport),
		valid("query", ImportQuery),
		async (c) => {
			const upload = await openUpload(c, ImportFields, CSV);
			const { userId, country, scope: silence = "all" as const } = { ...c.req.valid("query"), ...upload.fields() };
			const scope = await actingFor(c.var.scope, userId);
			const order = { bytes: fieldsFirst(upload), country, silence };
			return c.json(await within(c, [perHour(scope.accountId)], () => importDoNotCall(scope, order)), 201);
		},
	)
	.get(
		"/do-not-call/:id",
		says("One number, with what was said about it", 200, DoNotCallWithHistory),
		valid("query", DoNotCallQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await readDoNotCall(scope, entryId(c.req.param("id"))));
		},
	)
	.delete("/do-not-call/:id", says("Takes a number off", 200, Done), valid("query", DoNotCallQuery), async (c) => {
		await allowAgain(await actingFor(c.var.scope, c.req.valid("query").userId), entryId(c.req.param("id")));
		return c.json({ success: true as const });
	});

function entryId(text: string): EntryId {
	const { data } = EntryId.safeParse(text);
	if (!data) throw notFound("Entry");
	return data;
}

const perHour = (accountId: string) => ({ key: `import:${accountId}`, windows: [{ most: 60, seconds: HOUR }] });
