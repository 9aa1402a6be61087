import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "../db/client";
import { consentEvents, suppressions } from "../db/tables";

export type SuppressionRow = typeof suppressions.$inferSelect;
export type ConsentEventRow = typeof consentEvents.$inferSelect;
export type Scope = SuppressionRow["scope"];
export type Channel = "calls" | "messages";

/** What a person did that ends or reopens a channel. `source`: how we know ("keypress", "sms", "carrier"). */
export interface PersonsWord {
	e164: string;
	scope: Scope;
	source: "keypress" | "sms" | "carrier" | "webform" | "spoken";
	/** The call, message or form that proves it. */
	evidence: string;
	now: number;
}

/** The person wants no more of this account's calls or messages. Holds from the batch that it is in; saying it again changes nothing. */
export function stop(db: Db, accountId: string, { now, ...word }: PersonsWord): Statement {
	return db.insert(consentEvents).values({ ...word, accountId, action: "stop", createdAt: now });
}

/** The person takes it back. Only for what the person did: an owner's wish goes through {@link withdrawing}. */
export function start(db: Db, accountId: string, { now, ...word }: PersonsWord): Statement {
	return db.insert(consentEvents).values({ ...word, accountId, action: "start", createdAt: now });
}

/**
 * True while nobody has asked this account for silence on the channel. The one gate: everything that dials or texts has it in the very
 * statement that decides. `accountId` and `e164` may be columns.
 */
export function notSuppressed(accountId: string | SQL, e164: string | SQL, channel: Channel): SQL {
	return sql`NOT EXISTS (SELECT 1 FROM suppressions silent WHERE silent.account_id = ${accountId} AND silent.e164 = ${e164}
		AND silent.scope IN ('all', ${channel}))`;
}

/** Who wants that silence, as an expression: 1 the person, 0 the owner of the account, NULL nobody. For telling why. */
export function whoSilences(accountId: string | SQL, e164: string | SQL, channel: Channel): SQL {
	return sql`(SELECT max(silent.person_at IS NOT NULL) FROM suppressions silent WHERE silent.account_id = ${accountId}
		AND silent.e164 = ${e164} AND silent.scope IN ('all', ${channel}))`;
}

export async function isSuppressed(db: Db, accountId: string, e164: string, channel: Channel): Promise<boolean> {
	const [row] = await db.all<{ open: number }>(sql`SELECT ${notSuppressed(accountId, e164, channel)} AS open`);
	return row?.open !== 1;
}

const owners = (scope: Scope) => ({ action: "stop" as const, source: "do_not_call", scope });

/** The owner puts many numbers on the do-not-call list; `json` is an array of E.164. Those that are on it already stay as they are. */
export function forbidding(
	db: Db,
	accountId: string,
	json: string,
	{ scope, note, now }: { scope: Scope; note: string; now: number },
) {
	const { action, source } = owners(scope);
	return db
		.insert(consentEvents)
		.select(
			sql`SELECT NULL, ${accountId}, wanted.value, ${action}, ${scope}, ${source}, ${note}, ${now}
			FROM json_each(${json}) wanted WHERE NOT EXISTS (${owned(accountId, sql`wanted.value`, scope)})`,
		)
		.returning({ e164: consentEvents.e164 });
}

/** The owner takes a number off the list again. What its person said stays, by the rules of the tables. */
export function withdrawing(
	db: Db,
	accountId: string,
	{ e164, scope, now }: { e164: string; scope: Scope; now: number },
) {
	return db
		.insert(consentEvents)
		.select(
			sql`SELECT NULL, ${accountId}, ${e164}, 'start', ${scope}, 'owner', '', ${now}
			WHERE EXISTS (${owned(accountId, e164, scope)})`,
		)
		.returning({ e164: consentEvents.e164 });
}

function owned(accountId: string, e164: string | SQL, scope: Scope): SQL {
	return sql`SELECT 1 FROM suppressions o WHERE o.account_id = ${accountId} AND o.e164 = ${e164} AND o.scope = ${scope}
		AND o.owner_at IS NOT NULL`;
}

export function findingSuppression(db: Db, accountId: string, e164: string, scope: Scope) {
	return db
		.select()
		.from(suppressions)
		.where(and(eq(suppressions.accountId, accountId), eq(suppressions.e164, e164), eq(suppressions.scope, scope)));
}

/** In the order of the numbers; one row more than the page holds. */
export function pageSuppressions(
	db: Db,
	accountId: string,
	{ limit, after }: { limit: number; after?: readonly [e164: string, scope: string] | undefined },
): Promise<SuppressionRow[]> {
	return db
		.select()
		.from(suppressions)
		.where(
			and(
				eq(suppressions.accountId, accountId),
				after && sql`(${suppressions.e164}, ${suppressions.scope}) > (${after[0]}, ${after[1]})`,
			),
		)
		.orderBy(suppressions.e164, suppressions.scope)
		.limit(limit + 1);
}

/** What was said about one number, latest first. */
export function latestEvents(db: Db, accountId: string, e164: string | SQL) {
	return db
		.select()
		.from(consentEvents)
		.where(and(eq(consentEvents.accountId, accountId), eq(consentEvents.e164, e164)))
		.orderBy(desc(consentEvents.seq))
		.limit(50);
}

/** Which silences hold for a number now. */
export function suppressionsOf(db: Db, accountId: string, e164: string | SQL) {
	return db
		.select({ scope: suppressions.scope, source: suppressions.source })
		.from(suppressions)
		.where(and(eq(suppressions.accountId, accountId), eq(suppressions.e164, e164)));
}
