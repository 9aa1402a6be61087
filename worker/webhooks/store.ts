import { and, asc, desc, eq, lt, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { must } from "../db/guards";
import { webhookDeliveries as deliveries, webhooks } from "../db/tables";

export type WebhookRow = typeof webhooks.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect;

export const MOST_WEBHOOKS = 20;
const own = (accountId: string, id: string) => and(eq(webhooks.accountId, accountId), eq(webhooks.id, id));
// A literal, or the partial indexes do not serve.
const pending = sql`${deliveries.status} = 'pending'`;

export function addWebhook(db: Db, row: WebhookRow): Statement[] {
	const room = sql`(SELECT count(*) FROM webhooks WHERE account_id = ${row.accountId}) < ${MOST_WEBHOOKS}`;
	return [must(db, "nothing_changed_meanwhile", room), db.insert(webhooks).values(row)];
}

export function listWebhooks(db: Db, accountId: string): Promise<WebhookRow[]> {
	return db
		.select()
		.from(webhooks)
		.where(eq(webhooks.accountId, accountId))
		.orderBy(asc(webhooks.id))
		.limit(MOST_WEBHOOKS);
}

export async function findWebhook(db: Db, accountId: string, id: string): Promise<WebhookRow | null> {
	const [row] = await db.select().from(webhooks).where(own(accountId, id));
	return row ?? null;
}

export interface Change {
	url?: string | undefined;
	description?: string | undefined;
	events?: string[] | undefined;
	status?: "active" | "paused" | undefined;
	now: number;
}

/** Changes what its owner says of a webhook. One that is switched on again has no failures behind it. */
export function changeWebhook(db: Db, accountId: string, id: string, change: Change) {
	const { status, now, ...rest } = change;
	const restarted = status === "active" ? { failingSince: null } : {};
	return db
		.update(webhooks)
		.set({
			...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
			...(status ? { status, disabledReason: null, ...restarted } : {}),
			updatedAt: now,
		})
		.where(own(accountId, id))
		.returning();
}

/** Sets a new secret; the old one signs along until a moment. */
export function replaceSecret(
	db: Db,
	accountId: string,
	id: string,
	{ sealed, previousUntil, now }: { sealed: string; previousUntil: number; now: number },
) {
	return db
		.update(webhooks)
		.set({ secretSealed: sealed, previousSealed: sql`secret_sealed`, previousUntil, updatedAt: now })
		.where(own(accountId, id))
		.returning();
}

/** Deletes a webhook with its log. Nothing is returned when it is not there. */
export function dropWebhook(db: Db, accountId: string, id: string) {
	return db.delete(webhooks).where(own(accountId, id)).returning();
}

/** Deliveries of a webhook, newest first, behind the one with id `before`. Null when the webhook is not there. */
export async function deliveriesPage(
	db: Db,
	accountId: string,
	webhookId: string,
	{ status, before, limit }: { status: DeliveryRow["status"] | undefined; before: string | undefined; limit: number },
): Promise<DeliveryRow[] | null> {
	const [found, rows] = await db.batch([
		db.select({ id: webhooks.id }).from(webhooks).where(own(accountId, webhookId)),
		db
			.select()
			.from(deliveries)
			.where(
				and(
					eq(deliveries.accountId, accountId),
					eq(deliveries.webhookId, webhookId),
					status === undefined ? undefined : eq(deliveries.status, status),
					before === undefined ? undefined : lt(deliveries.id, before),
				),
			)
			.orderBy(desc(deliveries.id))
			.limit(limit + 1),
	]);
	return found.length > 0 ? rows : null;
}

export function addDelivery(
	db: Db,
	row: Omit<DeliveryRow, "tries" | "answerStatus" | "answerMs" | "error" | "doneAt">,
) {
	return db.insert(deliveries).values(row).returning();
}

/** Sends a delivery once more from the start, under the id by which its receiver knows it. Null when it is not there. */
export async function sendAgain(
	db: Db,
	accountId: string,
	{ webhookId, id, now }: { webhookId: string; id: string; now: number },
): Promise<DeliveryRow | null> {
	const [row] = await db
		.update(deliveries)
		.set({ status: "pending", tries: 0, nextTry: now, error: null, doneAt: null })
		.where(and(eq(deliveries.accountId, accountId), eq(deliveries.webhookId, webhookId), eq(deliveries.id, id)))
		.returning();
	return row ?? null;
}

/** Takes up to `most` deliveries that are due, for a while: nobody else takes them, and they are due again should this one break off. */
export function takeDue(db: Db, accountId: string, { now, until, most }: { now: number; until: number; most: number }) {
	return db
		.update(deliveries)
		.set({ nextTry: until, tries: sql`tries + 1` })
		.where(
			sql`${deliveries.id} IN (SELECT d.id FROM webhook_deliveries d
				JOIN webhooks w ON w.account_id = d.account_id AND w.id = d.webhook_id AND w.status = 'active'
				WHERE d.account_id = ${accountId} AND d.status = 'pending' AND d.next_try <= ${now} ORDER BY d.next_try LIMIT ${most})`,
		)
		.returning();
}

/** The account's webhooks, and when its next delivery is due. */
export function courierRound(db: Db, accountId: string) {
	return [
		db.select().from(webhooks).where(eq(webhooks.accountId, accountId)).limit(MOST_WEBHOOKS),
		db.all<{ due: number | null }>(sql`SELECT min(d.next_try) AS due FROM webhook_deliveries d
			JOIN webhooks w ON w.account_id = d.account_id AND w.id = d.webhook_id AND w.status = 'active'
			WHERE d.account_id = ${accountId} AND d.status = 'pending'`),
	] as const;
}

export interface Ending {
	status: DeliveryRow["status"];
	nextTry: number | null;
	answerStatus: number | null;
	answerMs: number;
	error: string | null;
	now: number;
}

export function endTry(db: Db, { accountId, id }: DeliveryRow, { now, ...ending }: Ending): Statement {
	return db
		.update(deliveries)
		.set({ ...ending, doneAt: ending.status === "pending" ? null : now })
		.where(and(eq(deliveries.accountId, accountId), eq(deliveries.id, id), pending));
}

/** Something arrived: whatever failed before is forgiven. */
export function noteArrival(db: Db, accountId: string, webhookId: string): Statement {
	return db
		.update(webhooks)
		.set({ failingSince: null })
		.where(and(own(accountId, webhookId), sql`failing_since IS NOT NULL`));
}

/** Something failed. A webhook that has failed since before `patience`, or that is gone, is switched off; a trigger tells its owner. */
export function noteFailure(
	db: Db,
	accountId: string,
	webhookId: string,
	{ patience, gone, now }: { patience: number; gone: boolean; now: number },
): Statement {
	const over = sql`(${gone ? 1 : 0} OR coalesce(failing_since, ${now}) <= ${patience}) AND status = 'active'`;
	return db
		.update(webhooks)
		.set({
			failingSince: sql`coalesce(failing_since, ${now})`,
			disabledReason: sql`iif(${over}, ${gone ? "gone" : "failing"}, disabled_reason)`,
			status: sql`iif(${over}, 'disabled', status)`,
			updatedAt: sql`iif(${over}, ${now}, updated_at)`,
		})
		.where(own(accountId, webhookId));
}

/** What is still on its way to a webhook is given up. */
export function giveUpOn(db: Db, accountId: string, webhookId: string, error: string, now: number): Statement {
	return db
		.update(deliveries)
		.set({ status: "failed", nextTry: null, error, doneAt: now })
		.where(
			and(
				eq(deliveries.accountId, accountId),
				eq(deliveries.webhookId, webhookId),
				pending,
				sql`(SELECT status FROM webhooks WHERE id = ${webhookId}) <> 'active'`,
			),
		);
}

/** For the cron: accounts with something that is due. */
export function accountsWithDueAnyAccount(db: Db, now: number, limit: number): Promise<{ accountId: string }[]> {
	return db.all(sql`SELECT DISTINCT d.account_id AS "accountId" FROM webhook_deliveries d
		JOIN webhooks w ON w.account_id = d.account_id AND w.id = d.webhook_id AND w.status = 'active'
		WHERE d.status = 'pending' AND d.next_try <= ${now} LIMIT ${limit}`);
}

/** For the cron: deliveries so old that nobody asks for them. */
export async function pruneDeliveriesAnyAccount(db: Db, before: number, limit: number): Promise<void> {
	await db.run(sql`DELETE FROM webhook_deliveries WHERE id IN
		(SELECT id FROM webhook_deliveries WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit})`);
}
