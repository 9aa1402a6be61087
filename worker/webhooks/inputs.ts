import * as z from "zod";
import { PageQuery } from "../http/pages";

/** What can be told. `*` is all of them, those of later versions too. */
export const EVENT_TYPES = [
	"message.received",
	"message.status",
	"call.ended",
	"assistant.report",
	"campaign.attempt",
	"campaign.contact_finished",
	"campaign.finished",
] as const;

const userId = z.string().optional();
const url = z.string().trim().min(1).max(2000);
const description = z.string().trim().max(200);
const events = z
	.array(z.enum([...EVENT_TYPES, "*"]))
	.min(1, "choose at least one")
	.max(EVENT_TYPES.length + 1)
	.transform((types) => [...new Set(types)]);

export const WebhookInput = z.strictObject({
	url,
	description: description.default(""),
	events: events.default(["*"]),
	userId,
});
export type WebhookInput = z.output<typeof WebhookInput>;

export const WebhookChange = z.strictObject({
	url: url.optional(),
	description: description.optional(),
	events: events.optional(),
	/** paused: nothing is kept for it meanwhile. active also puts one right that was switched off. */
	status: z.enum(["active", "paused"]).optional(),
	userId,
});
export type WebhookChange = z.output<typeof WebhookChange>;

export const RotateInput = z.strictObject({
	/** How long the old secret signs along, in hours. */
	overlapHours: z.number().min(0).max(168).default(24),
	userId,
});

export const UserQuery = z.object({ userId });
export const DeliveriesQuery = PageQuery.extend({ status: z.enum(["pending", "delivered", "failed"]).optional() });

export const Webhook = z.object({
	id: z.string(),
	userId: z.string(),
	url: z.string(),
	description: z.string(),
	events: z.array(z.string()),
	/** disabled: switched off by us, since nothing arrived for days or the receiver said that it is gone. */
	status: z.enum(["active", "paused", "disabled"]),
	disabledReason: z.string().nullable(),
	failingSince: z.string().nullable(),
	/** Until when the secret before this one signs along. */
	previousSecretUntil: z.string().nullable(),
	createdAt: z.string(),
	updatedAt: z.string(),
});
export type Webhook = z.output<typeof Webhook>;

export const NewWebhook = Webhook.extend({
	/** Shown this once. */
	secret: z.string(),
});

export const Delivery = z.object({
	id: z.string(),
	webhookId: z.string(),
	eventId: z.string(),
	type: z.string(),
	payload: z.json(),
	status: z.enum(["pending", "delivered", "failed"]),
	attempts: z.int(),
	nextAttemptAt: z.string().nullable(),
	answerStatus: z.int().nullable(),
	answerMs: z.int().nullable(),
	error: z.string().nullable(),
	createdAt: z.string(),
	doneAt: z.string().nullable(),
});
export type Delivery = z.output<typeof Delivery>;

export const Done = z.object({ success: z.literal(true) });
