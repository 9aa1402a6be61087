import { Hono } from "hono";
import * as z from "zod";
import { notFound } from "../errors";
import type { HttpEnv } from "../http/http-env";
import { ownersOnly } from "../http/owners-only";
import { decodeCursor, PageShape, pageOf } from "../http/pages";
import { signedIn } from "../http/signed-in";
import { actingFor } from "../http/user-id";
import { says, valid } from "../http/valid";
import {
	DeliveriesQuery,
	Delivery,
	Done,
	NewWebhook,
	RotateInput,
	UserQuery,
	Webhook,
	WebhookChange,
	WebhookInput,
} from "./inputs";
import { changeOne, makeWebhook, removeWebhook, rotateSecret } from "./keep";
import { replay, sendTest, wakeCourier } from "./resend";
import { deliveryOnWire, webhookOnWire } from "./shape";
import { deliveriesPage, findWebhook, listWebhooks } from "./store";

const Key = z.tuple([z.string()]);

export const webhooksApi = new Hono<HttpEnv>()
	.use("/webhooks/*", signedIn, ownersOnly)
	.get("/webhooks", says("The account's webhooks", 200, z.array(Webhook)), valid("query", UserQuery), async (c) => {
		const { db, accountId } = await actingFor(c.var.scope, c.req.valid("query").userId);
		return c.json((await listWebhooks(db, accountId)).map(webhookOnWire));
	})
	.post(
		"/webhooks",
		says("Makes a webhook, and shows its secret this once", 201, NewWebhook),
		valid("json", WebhookInput),
		async (c) => {
			const input = c.req.valid("json");
			const scope = await actingFor(c.var.scope, input.userId);
			const { webhook, secret } = await makeWebhook(scope, input);
			wakeCourier(scope, scope.accountId);
			return c.json({ ...webhookOnWire(webhook), secret }, 201);
		},
	)
	.get("/webhooks/:id", says("One webhook", 200, Webhook), async (c) => {
		const found = await findWebhook(c.var.scope.db, c.var.scope.accountId, c.req.param("id"));
		if (!found) throw notFound("Webhook");
		return c.json(webhookOnWire(found));
	})
	.patch("/webhooks/:id", says("Changes a webhook", 200, Webhook), valid("json", WebhookChange), async (c) => {
		const input = c.req.valid("json");
		const scope = await actingFor(c.var.scope, input.userId);
		const webhook = await changeOne(scope, c.req.param("id"), input);
		wakeCourier(scope, scope.accountId);
		return c.json(webhookOnWire(webhook));
	})
	.delete("/webhooks/:id", says("Deletes a webhook and its log", 200, Done), async (c) => {
		await removeWebhook(c.var.scope, c.req.param("id"));
		return c.json({ success: true as const });
	})
	.post(
		"/webhooks/:id/rotate-secret",
		says("Gives a webhook another secret, and shows it this once", 200, NewWebhook),
		valid("json", RotateInput),
		async (c) => {
			const { overlapHours, userId } = c.req.valid("json");
			const scope = await actingFor(c.var.scope, userId);
			const { webhook, secret } = await rotateSecret(scope, c.req.param("id"), overlapHours);
			return c.json({ ...webhookOnWire(webhook), secret });
		},
	)
	.post("/webhooks/:id/test", says("Sends an event that means nothing", 202, Delivery), async (c) =>
		c.json(deliveryOnWire(await sendTest(c.var.scope, c.req.param("id"))), 202),
	)
	.get(
		"/webhooks/:id/deliveries",
		says("What was sent and what came of it, newest first", 200, PageShape(Delivery)),
		valid("query", DeliveriesQuery),
		async (c) => {
			const { status, limit, cursor } = c.req.valid("query");
			const { db, accountId } = c.var.scope;
			const before = decodeCursor(cursor, Key)?.[0];
			const rows = await deliveriesPage(db, accountId, c.req.param("id"), { status, before, limit });
			if (!rows) throw notFound("Webhook");
			return c.json(pageOf(rows, limit, ({ id }) => [id], deliveryOnWire));
		},
	)
	.post("/webhooks/:id/deliveries/:deliveryId/replay", says("Sends an event again", 202, Delivery), async (c) =>
		c.json(deliveryOnWire(await replay(c.var.scope, c.req.param("id"), c.req.param("deliveryId"))), 202),
	);
