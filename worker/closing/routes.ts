import { Hono } from "hono";
import * as z from "zod";
import { byPerson } from "../http/by-person";
import { csvAnswer } from "../http/csv-answer";
import type { HttpEnv } from "../http/http-env";
import { HOUR, within } from "../http/limits";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { says, valid } from "../http/valid";
import { GivenPassword } from "../identity/inputs";
import { closeAccount } from "./close-account";
import { exportAccount, exportTable, noteExport } from "./export-account";

const TableName = z.object({ table: z.string().regex(/^[a-z_]{1,40}$/) });
const CloseInput = z.strictObject({ password: GivenPassword.optional(), userId: z.string().optional() });

export const closingApi = new Hono<HttpEnv>()
	.use("/account/*", signedIn, ownersOnly)
	.get("/account/export", says("Everything that is kept of the account, as JSON", 200, null), async (c) => {
		const buckets = [{ key: `export:${c.var.scope.accountId}`, windows: [{ most: 10, seconds: HOUR }] }];
		return within(c, buckets, async () => {
			await noteExport(c.var.scope, "everything");
			const body = streamOf(exportAccount(c.var.scope));
			const name = `trunkline-${new Date(c.var.scope.now()).toISOString().slice(0, 10)}.json`;
			return c.body(body, 200, {
				"content-type": "application/json; charset=utf-8",
				"content-disposition": `attachment; filename="${name}"`,
			});
		});
	})
	.get("/account/export/:table", says("One table of it, as CSV", 200, null), valid("param", TableName), async (c) => {
		const buckets = [{ key: `export-table:${c.var.scope.accountId}`, windows: [{ most: 200, seconds: HOUR }] }];
		const { table } = c.req.valid("param");
		return within(c, buckets, async () => {
			const lines = exportTable(c.var.scope, table);
			await noteExport(c.var.scope, table);
			return csvAnswer(`${table}.csv`, lines);
		});
	})
	.delete(
		"/account",
		says("Closes the account", 202, z.object({ message: z.string() })),
		signedIn,
		ownersOnly,
		byPerson,
		valid("json", CloseInput),
		async (c) => {
			const buckets = [
				{ key: `close:${c.var.scope.accountId}`, windows: [{ most: 10, seconds: HOUR }], counts: "failures" as const },
			];
			await within(c, buckets, () => closeAccount(c.var.scope, c.req.valid("json").password));
			return c.json({ message: "The account is closed. Its numbers are being released and its data erased." }, 202);
		},
	);

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await texts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
	});
}
