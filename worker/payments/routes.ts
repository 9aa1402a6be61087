import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import { administrator } from "../http/administrator";
import type { HttpEnv } from "../http/http-env";
import { onceOf } from "../http/idempotency";
import { answerOutcome } from "../http/outcome";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import { ownerOnly } from "../wallet/owner-only";
import { cancelSubscription } from "./cancel";
import {
	CancelInput,
	Payment,
	PaymentsQuery,
	Plan,
	PlanInput,
	PlanOnFile,
	Portal,
	Subscribed,
	SubscribeInput,
	Subscription,
	TopUp,
	TopUpInput,
} from "./inputs";
import { setPlan } from "./plans";
import { allPlans, offeredPlans } from "./plans/store";
import { openPortal } from "./portal";
import { reconcilePayments } from "./reconcile-payments";
import { paymentOnWire, planOnFile, planOnWire, subscriptionOnWire } from "./shape";
import { paymentsPage } from "./store";
import { subscribe } from "./subscribe";
import { liveSubscription } from "./subscriptions/store";
import { topUp } from "./top-up";

export const paymentsApi = new Hono<HttpEnv>()
	.use("/wallet/top-up", signedIn)
	.post("/wallet/top-up", says("Pays money in", 201, TopUp), valid("json", TopUpInput), async (c) => {
		const input = c.req.valid("json");
		const scope = await actingFor(c.var.scope, input.userId);
		return answerOutcome(c, await topUp(scope, input, await onceOf(c)), 201);
	})
	.get("/plans", says("What one can subscribe to", 200, z.array(Plan)), signedIn, async (c) =>
		c.json((await offeredPlans(c.var.scope.db)).map(planOnWire)),
	)
	.use("/subscriptions/*", signedIn)
	.post(
		"/subscriptions",
		says("Subscribes, or changes the plan", 201, Subscribed),
		valid("json", SubscribeInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			return answerOutcome(c, await subscribe(scope, input, await onceOf(c)), 201);
		},
	)
	.post(
		"/subscriptions/cancel",
		says("Ends the subscription with its period, or goes on after all", 200, Subscription),
		valid("json", CancelInput),
		async (c) => {
			const { cancel, userId } = c.req.valid("json");
			return c.json(await cancelSubscription(await actingFor(c.var.scope, userId), cancel));
		},
	)
	.get(
		"/subscriptions",
		says("What the account subscribes to now: one or none", 200, z.array(Subscription)),
		async (c) => {
			const live = await liveSubscription(c.var.scope.db, c.var.scope.accountId);
			return c.json(live ? [subscriptionOnWire(live)] : []);
		},
	)
	.get("/subscriptions/:userId", says("The active subscription", 200, Subscription), async (c) => {
		const scope = await actingFor(c.var.scope, c.req.param("userId"));
		const live = await liveSubscription(scope.db, scope.accountId);
		if (!live) throw notFound("Subscription");
		return c.json(subscriptionOnWire(live));
	})
	.use("/payments/*", signedIn)
	.get(
		"/payments",
		says("Payments, newest first", 200, PageShape(Payment)),
		valid("query", PaymentsQuery),
		async (c) => {
			const { limit, cursor, userId } = c.req.valid("query");
			const scope = await actingFor(c.var.scope, userId);
			ownerOnly(scope);
			const [before] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
			const rows = await paymentsPage(scope.db, scope.accountId, limit + 1, before);
			return c.json(pageOf(rows, limit, ({ id }) => [id], paymentOnWire));
		},
	)
	.post("/payments/portal", says("Where invoices are and cards are changed", 200, Portal), async (c) =>
		c.json(await openPortal(c.var.scope)),
	)
	.use("/admin/payments/*", signedIn, administrator)
	.post(
		"/admin/payments/reconcile",
		says("Compares the payments here with the provider's now", 200, z.object({ differences: z.int() })),
		async (c) => c.json({ differences: await reconcilePayments(c.var.scope) }),
	)
	.use("/admin/plans/*", signedIn, administrator)
	.get("/admin/plans", says("Every plan, offered or not", 200, z.array(PlanOnFile)), async (c) =>
		c.json((await allPlans(c.var.scope.db)).map(planOnFile)),
	)
	.put(
		"/admin/plans/:id{[a-z0-9-]{1,40}}",
		says("Makes or changes a plan", 200, Plan),
		valid("json", PlanInput),
		async (c) => c.json(await setPlan(c.var.scope, c.req.param("id"), c.req.valid("json"))),
	);
