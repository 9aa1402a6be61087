import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { Done, TransferNumber, TransferNumberInput, TransferNumbersQuery } from "./inputs";
import { addTransfer, removeTransfer } from "./keep";
import { transferNumberOnWire } from "./shape";
import { transferNumbersOf } from "./store";

export const transfersApi = new Hono<HttpEnv>()
	.use("/transfer-numbers/*", signedIn, ownersOnly)
	.get(
		"/transfer-numbers",
		says("Numbers that callers may be connected to", 200, z.array(TransferNumber)),
		valid("query", TransferNumbersQuery),
		async (c) => {
			const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await transferNumbersOf(db, accountId)).map(transferNumberOnWire));
		},
	)
	.post(
		"/transfer-numbers",
		says("Adds a number to connect callers to", 201, TransferNumber),
		valid("json", TransferNumberInput),
		async (c) => {
			const input = c.req.valid("json");
			return c.json(await addTransfer(await actingFor(c.var.scope, input.userId), input), 201);
		},
	)
	.delete(
		"/transfer-numbers/:id",
		says("Removes a number", 200, Done),
		valid("query", TransferNumbersQuery),
		async (c) => {
			await removeTransfer(await actingFor(c.var.scope, c.req.valid("query").userId), c.req.param("id"));
			return c.json({ success: true as const });
		},
	);
