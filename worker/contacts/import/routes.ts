import { Hono } from "hono";
import * as z from "zod";
import { csvAnswer } from "../../http/csv-answer";
import type { HttpEnv } from "../../http/http-env";
import { HOUR, within } from "../../http/limits";
import { PageShape } from "../../http/pages";
import { CSV, fieldsFirst, openUpload } from "../../http/upload";
import { actingFor } from "../../http/user-id";
import { says, valid } from "../../http/valid";
import { importContacts } from "./import-contacts";
import {
	Guess,
	Import,
	ImportError,
	ImportErrorsQuery,
	ImportFields,
	ImportQuery,
	ImportReport,
	ImportsQuery,
	Mended,
	MendInput,
	PastImport,
	PastImportsQuery,
	Sample,
} from "./inputs";
import { mendImport } from "./mend";
import { errorFile, guessOf, listImportErrors, listImports, pageImports, readImport } from "./read-imports";
import { undoImport } from "./undo-import";

export const importsApi = new Hono<HttpEnv>()
	.get(
		"/imports",
		says("The account's imports into whatever list, newest first", 200, PageShape(PastImport)),
		valid("query", PastImportsQuery),
		async (c) => {
			const { userId, ...page } = c.req.valid("query");
			return c.json(await pageImports(await actingFor(c.var.scope, userId), page));
		},
	)
	.post(
		"/imports/columns",
		says("What the columns of a file seem to hold, by its first rows", 200, Guess),
		valid("json", Sample),
		(c) => c.json(guessOf(c.req.valid("json"))),
	)
	.post(
		"/contact-lists/:id/import",
		says("Imports a CSV file into a list: the body itself, or `file` in a form", 201, ImportReport),
		valid("query", ImportQuery),
		async (c) => {
			const upload = await openUpload(c, ImportFields, CSV);
			const { userId, country, columns, ...said } = { ...c.req.valid("query"), ...upload.fields() };
			const scope = await actingFor(c.var.scope, userId);
			const mapping = columns && { columns, hasHeader: said.header && said.header === "true" };
			const filename = said.filename ?? upload.filename.slice(0, 200);
			const order = { listId: c.req.param("id"), country, mapping, filename, bytes: fieldsFirst(upload) };
			return c.json(await within(c, [perHour(scope.accountId)], () => importContacts(scope, order)), 201);
		},
	)
	.get(
		"/contact-lists/:id/imports",
		says("The latest imports of a list", 200, z.array(Import)),
		valid("query", ImportsQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await listImports(scope, c.req.param("id")));
		},
	)
	.get(
		"/contact-lists/:id/imports/:importId",
		says("How far an import has come", 200, Import),
		valid("query", ImportsQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await readImport(scope, c.req.param("id"), c.req.param("importId")));
		},
	)
	.post(
		"/contact-lists/:id/imports/:importId/undo",
		says("Takes a whole import back, within a day", 200, Import),
		valid("query", ImportsQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json(await undoImport(scope, c.req.param("id"), c.req.param("importId")));
		},
	)
	.post(
		"/contact-lists/:id/imports/:importId/mend",
		says("Reads bad rows again: with other numbers, or in another country", 200, Mended),
		valid("json", MendInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return c.json(await mendImport(scope, c.req.param("id"), c.req.param("importId"), input));
		},
	)
	.get(
		"/contact-lists/:id/imports/:importId/errors",
		says("The rows of a file that could not be used", 200, PageShape(ImportError)),
		valid("query", ImportErrorsQuery),
		async (c) => {
			const { userId, ...page } = c.req.valid("query");
			const scope = await actingFor(c.var.scope, userId);
			const { id: listId, importId: id } = c.req.param();
			return c.json(await listImportErrors(scope, { listId, id, ...page }));
		},
	)
	.get(
		"/contact-lists/:id/imports/:importId/errors.csv",
		says("The rows that could not be used, as a file to mend", 200, null),
		valid("query", ImportsQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			const lines = await errorFile(scope, c.req.param("id"), c.req.param("importId"));
			return csvAnswer("import-errors.csv", lines);
		},
	);

const perHour = (accountId: string) => ({ key: `import:${accountId}`, windows: [{ most: 60, seconds: HOUR }] });
