import { Hono } from "hono";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { PageShape } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { EntriesQuery, TopUp, TopUpInput, Wallet, WalletEntry, WalletQuery } from "./inputs";
import { ownerOnly } from "./owner-only";
import { walletOnWire } from "./shape";
import { readStatement } from "./statement";
import { walletOf } from "./store";
import { topUp } from "./top-up";

export const walletApi = new Hono<HttpEnv>()
	.use("/wallet/*", signedIn)
	.get("/wallet", says("The account's money", 200, Wallet), valid("query", WalletQuery), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
		ownerOnly(scope);
		const wallet = await walletOf(scope.db, scope.accountId);
		if (!wallet) throw notFound("Wallet");
		return c.json(walletOnWire(wallet, scope.settings.payments === "simulated"));
	})
	.get(
		"/wallet/entries",
		says("The ledger, newest first, with the balance after each entry", 200, PageShape(WalletEntry)),
		valid("query", EntriesQuery),
		async (c) => {
			const query = c.req.valid("query");
			return c.json(await readStatement(await actingFor(c.var.scope, query.userId), query));
		},
	)
	.post("/wallet/top-up", says("Pays money in", 201, TopUp), valid("json", TopUpInput), async (c) => {
		const input = c.req.valid("json");
		const scope = await actingFor(c.var.scope, input.userId);
		return answerOutcome(c, await topUp(scope, input, await onceOf(c)), 201);
	});
