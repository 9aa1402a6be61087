import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, inOneBatch, type Statement } from "../db/client";
import { heartbeats, installation } from "../db/tables";
import { Fault } from "../errors";

/** Milliseconds that the database takes to answer; throws `try_again` when it does not. */
export async function pingDatabase(db: Db): Promise<number> {
	const asked = performance.now();
	try {
		await db.run(sql`SELECT 1`);
	} catch (cause) {
		throw new Fault("try_again", "The database does not answer", { retryAfter: 5, cause });
	}
	return performance.now() - asked;
}

/** Notes that something which should happen regularly has happened. */
export async function beat(db: Db, name: string, at: number): Promise<void> {
	await db.insert(heartbeats).values({ name, at }).onConflictDoUpdate({ target: heartbeats.name, set: { at } });
}

/** When something last happened; null when it never did. */
export async function findBeat(db: Db, name: string): Promise<number | null> {
	const [row] = await db.select({ at: heartbeats.at }).from(heartbeats).where(eq(heartbeats.name, name));
	return row?.at ?? null;
}

/** True for the first who asks when `every` milliseconds have passed since the last time. Whoever got a true does it. */
export async function isDue(db: Db, name: string, every: number, now: number): Promise<boolean> {
	const claimed = await db
		.insert(heartbeats)
		.values({ name, at: now })
		.onConflictDoUpdate({ target: heartbeats.name, set: { at: now }, setWhere: sql`at <= ${now - every}` })
		.returning({ name: heartbeats.name });
	return claimed.length > 0;
}

/** Settings of the installation by name; without those that have never been set. */
export async function findSettings(db: Db, names: string[]): Promise<Record<string, unknown>> {
	const rows = await db.select().from(installation).where(inArray(installation.name, names));
	return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

export function putSetting(db: Db, name: string, value: unknown): Statement {
	return db
		.insert(installation)
		.values({ name, value })
		.onConflictDoUpdate({ target: installation.name, set: { value } });
}

export interface Moments {
	now: number;
	/** Operations that were begun before this and are not over are late. */
	operationsBefore: number;
	/** Attempts that should have been looked after before this are late. */
	attemptsBefore: number;
	/** Messages and calls that should have been settled before this are late. */
	usesBefore: number;
	/** Events that were written before this and not sent are late. */
	eventsBefore: number;
}

/** Each rule of the books with what breaks it: a few examples, and `found`, how many there are. No examples, no breach. */
const RULES: Record<string, (moments: Moments) => SQL> = {
	ledger_equals_balances: () => sql`
		SELECT w.account_id AS id, w.available_micros AS available, w.held_micros AS held, coalesce(l.available, 0) AS ledger_available, coalesce(l.held, 0) AS ledger_held
		FROM wallets w LEFT JOIN (
			SELECT account_id,
				sum(amount_micros * ((to_bucket = 'available') - (from_bucket = 'available'))) AS available,
				sum(amount_micros * ((to_bucket = 'held') - (from_bucket = 'held'))) AS held
			FROM ledger GROUP BY account_id) l USING (account_id)
		WHERE w.available_micros <> coalesce(l.available, 0) OR w.held_micros <> coalesce(l.held, 0)`,
	holds_are_explained: () => sql`
		SELECT ref AS id, account_id, sum(amount_micros * ((to_bucket = 'held') - (from_bucket = 'held'))) AS held
		FROM ledger WHERE to_bucket = 'held' OR from_bucket = 'held' GROUP BY ref, account_id
		HAVING held <> coalesce((SELECT hold_micros FROM operations WHERE id = ref AND state IN ('open', 'unknown')), 0)
			+ coalesce((SELECT hold_micros FROM attempts WHERE id = ref AND state NOT IN ('ended', 'dropped')), 0)
			+ coalesce((SELECT unit_micros * units_held FROM usages WHERE usages.ref = ledger.ref AND settled_at IS NULL), 0)`,
	one_owner_per_number: () => sql`
		SELECT e164 AS id, count(*) AS owners FROM numbers
		WHERE status IN ('pending', 'active', 'releasing') GROUP BY e164 HAVING count(*) > 1`,
	one_live_attempt_per_contact: () => sql`
		SELECT campaign_id || ':' || contact_id AS id, count(*) AS attempts FROM attempts
		WHERE state IN ('claimed', 'dialing', 'unknown', 'live') GROUP BY campaign_id, contact_id HAVING count(*) > 1`,
	no_operation_past_its_age: ({ operationsBefore }) => sql`
		SELECT id, kind, state, created_at FROM operations
		WHERE state IN ('open', 'unknown') AND created_at < ${operationsBefore}`,
	no_attempt_past_its_age: ({ attemptsBefore }) => sql`
		SELECT id, campaign_id, state, look_after FROM attempts
		WHERE state IN ('claimed', 'dialing', 'unknown', 'live') AND look_after < ${attemptsBefore}`,
	no_use_past_its_age: ({ usesBefore }) => sql`
		SELECT ref AS id, item, created_at, settle_by FROM usages WHERE settled_at IS NULL AND settle_by < ${usesBefore}`,
	no_number_without_its_purchase: () => sql`
		SELECT n.id, n.e164, n.status, o.state FROM numbers n LEFT JOIN operations o ON o.id = n.operation_id
		WHERE (n.status = 'active' AND o.state IS NOT 'done')
			OR (n.status = 'pending' AND coalesce(o.state, '') NOT IN ('open', 'unknown'))`,
	no_number_without_its_charge: () => sql`
		SELECT n.id, n.e164 FROM numbers n JOIN operations o ON o.id = n.operation_id
		WHERE n.status = 'active' AND o.hold_micros > 0
			AND NOT EXISTS (SELECT 1 FROM ledger WHERE ref = o.id AND kind = 'number_charge')`,
	no_channel_without_its_number: () => sql`
		SELECT c.id FROM channels c LEFT JOIN numbers n ON n.id = c.number_id
		WHERE c.status = 'active' AND coalesce(n.status, '') NOT IN ('active', 'releasing')`,
	counters_equal_attempts: () => sql`
		SELECT c.campaign_id AS id, c.total_calls AS counted, count(a.dialed_at) AS made
		FROM campaign_counters c LEFT JOIN attempts a ON a.campaign_id = c.campaign_id
		GROUP BY c.campaign_id HAVING c.total_calls <> count(a.dialed_at)`,
	outbox_is_drained: ({ eventsBefore }) => sql`
		SELECT seq AS id, account_id, type, created_at FROM outbox WHERE sent_at IS NULL AND created_at < ${eventsBefore}`,
};

/** How many examples of a breach are worth reading. */
const EXAMPLES = 10;

export interface Breaches {
	name: string;
	found: number;
	examples: Record<string, unknown>[];
}

export interface Pulse {
	/** When the cron was here last; null: never. */
	cronAt: number | null;
	/** When the first account was opened; null: there is none. */
	openedAt: number | null;
}

/** Looks at all the books in one read-only batch. Reads every row that there is: for administrators, not for a page that polls. */
export async function inspect(db: Db, moments: Moments): Promise<{ breaches: Breaches[]; pulse: Pulse }> {
	const names = Object.keys(RULES);
	const results = await inOneBatch<Statement>(db, [
		db.all(
			sql`SELECT (SELECT at FROM heartbeats WHERE name = 'cron') AS cronAt, (SELECT min(created_at) FROM accounts) AS openedAt`,
		),
		...Object.values(RULES).map((rule) =>
			db.all(sql`SELECT *, count(*) OVER () AS found FROM (${rule(moments)}) LIMIT ${EXAMPLES}`),
		),
	]);
	const [pulse, ...found] = results as [Pulse[], ...(Record<string, unknown> & { found: number })[][]];
	return {
		pulse: pulse[0] ?? { cronAt: null, openedAt: null },
		breaches: names.map((name, i) => ({
			name,
			found: found[i]?.[0]?.found ?? 0,
			examples: (found[i] ?? []).map(({ found: _, ...example }) => example),
		})),
	};
}
