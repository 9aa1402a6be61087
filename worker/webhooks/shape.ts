import * as z from "zod";
import type { Delivery, Webhook } from "./inputs";
import type { DeliveryRow, WebhookRow } from "./store";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export function webhookOnWire(row: WebhookRow): Webhook {
	return {
		id: row.id,
		userId: row.accountId,
		url: row.url,
		description: row.description,
		events: z.array(z.string()).parse(row.events),
		status: row.status,
		disabledReason: row.disabledReason,
		failingSince: iso(row.failingSince),
		previousSecretUntil: iso(row.previousUntil),
		createdAt: new Date(row.createdAt).toISOString(),
		updatedAt: new Date(row.updatedAt).toISOString(),
	};
}

export function deliveryOnWire(row: DeliveryRow): Delivery {
	return {
		id: row.id,
		webhookId: row.webhookId,
		eventId: row.eventId,
		type: row.type,
		payload: z.json().parse(row.payload),
		status: row.status,
		attempts: row.tries,
		nextAttemptAt: iso(row.nextTry),
		answerStatus: row.answerStatus,
		answerMs: row.answerMs,
		error: row.error,
		createdAt: new Date(row.createdAt).toISOString(),
		doneAt: iso(row.doneAt),
	};
}
