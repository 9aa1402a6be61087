import { and, asc, desc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { ulid } from "ulid";
import type { Db, Statement } from "../../db/client";
import { plans, subscriptions } from "../../db/tables";

export type SubscriptionRow = typeof subscriptions.$inferSelect;
const LIVE = ["trialing", "active", "past_due"] as const;

/** At one and the same moment the later state wins: a subscription only ever begins, runs, and ends. */
const RANK: Record<SubscriptionRow["status"], number> = {
	incomplete: 0,
	trialing: 1,
	active: 2,
	paused: 3,
	past_due: 3,
	unpaid: 4,
	canceled: 5,
};

export interface HeardSubscription {
	providerRef: string;
	accountId: string;
	planId: string;
	status: SubscriptionRow["status"];
	periodStart: number;
	periodEnd: number;
	cancelAtPeriodEnd: boolean;
	isSimulated: boolean;
	heardAt: number;
	now: number;
}

/** Writes down how a subscription stands. What is older than what is known, or comes after its end, changes nothing; a period never shrinks. */
export function hearSubscription(db: Db, heard: HeardSubscription): Statement {
	const { providerRef, accountId, planId, status, periodStart, periodEnd, cancelAtPeriodEnd, isSimulated } = heard;
	return db.run(sql`
		INSERT INTO subscriptions (id, account_id, plan_id, status, status_rank, period_start, period_end, cancel_at_period_end, provider_ref, is_simulated, heard_at, created_at)
		SELECT ${`sub_${ulid()}`}, accounts.id, plans.id, ${status}, ${RANK[status]}, ${periodStart}, ${periodEnd}, ${Number(cancelAtPeriodEnd)},
			${providerRef}, ${Number(isSimulated)}, ${heard.heardAt}, ${heard.now}
		FROM accounts, plans WHERE accounts.id = ${accountId} AND plans.id = ${planId}
		ON CONFLICT (provider_ref) DO UPDATE SET
			plan_id = excluded.plan_id, status = excluded.status, status_rank = excluded.status_rank,
			period_start = max(period_start, excluded.period_start), period_end = max(period_end, excluded.period_end),
			cancel_at_period_end = excluded.cancel_at_period_end, heard_at = excluded.heard_at
		WHERE status <> 'canceled'
			AND (excluded.heard_at > heard_at OR (excluded.heard_at = heard_at AND excluded.status_rank >= status_rank))`);
}

/** What the account is subscribed to, newest first. More than one only when two pages were paid on. */
export function liveSubscriptions(db: Db, accountId: string) {
	return db
		.select()
		.from(subscriptions)
		.where(and(eq(subscriptions.accountId, accountId), inArray(subscriptions.status, [...LIVE])))
		.orderBy(desc(subscriptions.id));
}

/** True while the account pays for another subscription beside this one, and means to go on. */
export function isSecondSubscription(accountId: string, providerRef: string): SQL {
	return sql`(SELECT count(*) FROM subscriptions WHERE account_id = ${accountId} AND cancel_at_period_end = 0
		AND status IN (${sql.join(
			LIVE.map((status) => sql`${status}`),
			sql`, `,
		)})
		AND EXISTS (SELECT 1 FROM subscriptions s WHERE s.provider_ref = ${providerRef} AND s.account_id = ${accountId})) > 1`;
}

/** The account's live subscription; the newest, should there be two. */
export function livingSubscription(db: Db, accountId: string) {
	return liveSubscriptions(db, accountId).limit(1);
}

export async function liveSubscription(db: Db, accountId: string): Promise<SubscriptionRow | null> {
	const [row] = await livingSubscription(db, accountId);
	return row ?? null;
}

/** Everything that an account may still be billed for. */
export function unendedSubscriptions(db: Db, accountId: string) {
	return db
		.select()
		.from(subscriptions)
		.where(and(eq(subscriptions.accountId, accountId), sql`${subscriptions.status} <> 'canceled'`));
}

/** Pretended subscriptions whose period is over, with their plans. */
export function simulatedDueAnyAccount(db: Db, now: number, limit: number) {
	return db
		.select({ subscription: subscriptions, plan: plans })
		.from(subscriptions)
		.innerJoin(plans, eq(plans.id, subscriptions.planId))
		.where(
			and(
				sql`${subscriptions.isSimulated} = 1 AND ${subscriptions.status} = 'active'`,
				lte(subscriptions.periodEnd, now),
			),
		)
		.orderBy(asc(subscriptions.periodEnd))
		.limit(limit);
}
