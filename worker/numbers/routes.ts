import { Hono } from "hono";
import * as z from "zod";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { ownerOnly } from "../wallet/owner-only";
import { assign, assignedTo } from "./assign";
import { changePhoneNumber } from "./change";
import { activeNumbers, unassignedNumbers } from "./held/store";
import {
	AssignInput,
	Batch,
	BatchInput,
	ChangeInput,
	OfferedNumber,
	PhoneNumber,
	Purchase,
	PurchaseInput,
	Released,
	SearchQuery,
	UserQuery,
} from "./inputs";
import { purchaseNumber } from "./purchase";
import { purchaseBatch, readBatch } from "./purchase-batch";
import { reachOf } from "./reach";
import { readPurchase } from "./read-purchase";
import { releaseNumber } from "./release";
import { searchNumbers } from "./search";
import { numberOnWire } from "./shape";

export const numbersApi = new Hono<HttpEnv>()
	.use("/phone-numbers/*", signedIn)
	.get(
		"/phone-numbers",
		says("The active numbers", 200, z.array(PhoneNumber)),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			return c.json((await activeNumbers(scope.db, scope.accountId, reachOf(scope))).map(numberOnWire));
		},
	)
	.get(
		"/phone-numbers/search",
		says("Numbers for sale, with what they cost a month", 200, z.array(OfferedNumber)),
		valid("query", SearchQuery),
		async (c) => c.json(await searchNumbers(c.var.scope, c.req.valid("query"))),
	)
	.post(
		"/phone-numbers/purchase",
		says("Buys one exact number", 201, PhoneNumber),
		valid("json", PurchaseInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return answerOutcome(c, await purchaseNumber(scope, input, await onceOf(c)), 201);
		},
	)
	.post(
		"/phone-numbers/purchase/batch",
		says("Buys several numbers and tells of each how it went", 201, Batch),
		valid("json", BatchInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return answerOutcome(c, await purchaseBatch(scope, input, await onceOf(c)), 201);
		},
	)
	.get("/phone-numbers/purchase/batch/:id", says("How a batch stands", 200, Batch), async (c) =>
		c.json(await readBatch(c.var.scope, c.req.param("id"))),
	)
	.get("/phone-numbers/purchase/:operationId", says("What became of a purchase", 200, Purchase), async (c) =>
		c.json(await readPurchase(c.var.scope, c.req.param("operationId"))),
	)
	.post(
		"/phone-numbers/assign",
		says("Gives a number to a sub-account, or takes it back", 200, PhoneNumber),
		valid("json", AssignInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return c.json(numberOnWire(await assign(scope, input)));
		},
	)
	.get(
		"/phone-numbers/available",
		says("Active numbers that no sub-account has", 200, z.array(PhoneNumber)),
		valid("query", UserQuery),
		async (c) => {
			const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
			ownerOnly(scope);
			return c.json((await unassignedNumbers(scope.db, scope.accountId)).map(numberOnWire));
		},
	)
	.get("/phone-numbers/assigned/:id", says("A sub-account's numbers", 200, z.array(PhoneNumber)), async (c) =>
		c.json((await assignedTo(c.var.scope, c.req.param("id"))).map(numberOnWire)),
	)
	.put(
		"/phone-numbers/:id",
		says("Changes a number's label, its routing, or the assistant that answers it", 200, PhoneNumber),
		valid("json", ChangeInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			const { number, isSettled } = await changePhoneNumber(scope, c.req.param("id"), input);
			return c.json(numberOnWire(number), isSettled ? 200 : 202);
		},
	)
	.delete("/phone-numbers/:id", says("Gives a number up", 200, Released), valid("query", UserQuery), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.valid("query").userId);
		const status = await releaseNumber(scope, c.req.param("id"));
		return c.json({ success: true, status }, status === "released" ? 200 : 202);
	});
