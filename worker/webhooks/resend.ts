import { ulid } from "ulid";
import { Fault, notFound } from "../errors";
import type { House, Scope } from "../scope";
import {
	accountsWithDueAnyAccount,
	addDelivery,
	type DeliveryRow,
	findWebhook,
	pruneDeliveriesAnyAccount,
	sendAgain,
} from "./store";

const MOST_ACCOUNTS = 200;
const KEPT_MS = 30 * 86_400_000;

/** Sends an event that means nothing, so that a receiver can be tried. */
export async function sendTest(scope: Scope, webhookId: string): Promise<DeliveryRow> {
	const { db, accountId } = scope;
	const hook = await findWebhook(db, accountId, webhookId);
	if (!hook) throw notFound("Webhook");
	if (hook.status !== "active") throw new Fault("conflict", "Switch the webhook on first.");
	const now = scope.now();
	const payload = { type: "test", timestamp: new Date(now).toISOString(), data: { message: "Hello from Trunkline." } };
	const [row] = await addDelivery(db, {
		id: `dlv_${now.toString(16).padStart(12, "0")}${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`,
		accountId,
		webhookId,
		eventId: `evt_${ulid()}`,
		type: "test",
		payload,
		status: "pending",
		nextTry: now,
		createdAt: now,
	});
	if (!row) throw notFound("Webhook");
	wakeCourier(scope, accountId);
	return row;
}

/** Sends an event again that was sent before, whatever came of it. */
export async function replay(scope: Scope, webhookId: string, id: string): Promise<DeliveryRow> {
	const { db, accountId } = scope;
	const row = await sendAgain(db, accountId, { webhookId, id, now: scope.now() });
	if (!row) throw notFound("Delivery");
	wakeCourier(scope, accountId);
	return row;
}

/** For whoever has changed what an account's courier should do. */
export function wakeCourier(house: House, accountId: string): void {
	house.defer(Promise.resolve(house.courierOf(accountId).wake()).catch(complain));
}

/** Wakes the couriers of accounts with something due, and forgets what is too old to be asked for. */
export async function wakeCouriers(house: House): Promise<void> {
	const now = house.now();
	for (const { accountId } of await accountsWithDueAnyAccount(house.db, now, MOST_ACCOUNTS))
		await house.courierOf(accountId).wake();
	await pruneDeliveriesAnyAccount(house.db, now - KEPT_MS, 1_000);
}

function complain(error: unknown): void {
	console.warn(JSON.stringify({ level: "warn", courier: "not woken", error: String(error) }));
}
