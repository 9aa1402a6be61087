import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import { administrator } from "../http/administrator";
import type { HttpEnv } from "../http/http-env";
import { PageShape } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { exportStatement } from "./export-statement";
import {
	EntriesQuery,
	Price,
	PriceKey,
	SpendDay,
	SpendQuery,
	Wallet,
	WalletEntry,
	WalletQuery,
	WalletRules,
	WalletRulesChange,
} from "./inputs";
import { ownerOnly } from "./owner-only";
import { removePrice, setPrice } from "./prices";
import { changeRules, readRules } from "./rules";
import { walletOnWire } from "./shape";
import { readSpending } from "./spending";
import { readStatement } from "./statement";
import { allPrices, walletOf } from "./store";

const Done = z.object({ success: z.boolean() });

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
	.get("/wallet/entries.csv", says("The whole ledger as CSV, newest first", 200, null), (c) =>
		c.body(exportStatement(c.var.scope), 200, {
			"content-type": "text/csv; charset=utf-8",
			"content-disposition": 'attachment; filename="wallet.csv"',
		}),
	)
	.get(
		"/wallet/spend",
		says("What was spent and paid in, by day, oldest first", 200, z.array(SpendDay)),
		valid("query", SpendQuery),
		async (c) => c.json(await readSpending(c.var.scope, c.req.valid("query").days)),
	)
	.get("/wallet/rules", says("The daily cap and the warning level", 200, WalletRules), async (c) =>
		c.json(await readRules(c.var.scope)),
	)
	.patch(
		"/wallet/rules",
		says("Changes the daily cap or the warning level", 200, WalletRules),
		valid("json", WalletRulesChange),
		async (c) => c.json(await changeRules(c.var.scope, c.req.valid("json"))),
	)
	.get("/prices", says("What everything costs", 200, z.array(Price)), signedIn, async (c) =>
		c.json(await allPrices(c.var.scope.db)),
	)
	.use("/admin/prices", signedIn, administrator)
	.put("/admin/prices", says("Sets a price", 200, Price), valid("json", Price), async (c) =>
		c.json(await setPrice(c.var.scope, c.req.valid("json"))),
	)
	.delete("/admin/prices", says("Removes a price", 200, Done), valid("query", PriceKey), async (c) => {
		await removePrice(c.var.scope, c.req.valid("query"));
		return c.json({ success: true });
	});
