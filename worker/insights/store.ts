import { type SQL, sql } from "drizzle-orm";
import { type Db, inOneBatch } from "../db/client";
import { figureSubjects, figures } from "../db/tables";

/** A row of running totals, or one less another. */
export type Totals = Omit<typeof figures.$inferSelect, "accountId" | "kind" | "subject" | "at">;
export type Kind = (typeof figures.$inferSelect)["kind"];

export interface Asked {
	/** Moments in order; figures are told between each and the next. */
	boundaries: readonly number[];
	/** Where the period before begins, the period itself, and its end. */
	periods: readonly [before: number, start: number, end: number];
	kind: Kind;
	/** "" for the whole account. */
	subject: string;
}

interface Told {
	/** A row of `Totals` as JSON; null before the subject's first figure. */
	totals: string | null;
}
type SubjectTold = Told & { kind: Kind; subject: string; name: string | null };
export interface SubjectAtBoundary {
	kind: Kind;
	subject: string;
	name: string | null;
	totals: Totals | null;
}

export interface FoundFigures {
	/** The subject that was asked for is the account's. */
	known: boolean;
	byBoundary: (Totals | null)[];
	/** Of every number, assistant and campaign with something in the periods: its totals at each of the three moments. */
	bySubject: SubjectAtBoundary[];
}

const MOST_SUBJECTS = 300;

// The last row before a moment has everything that began before it. One seek per moment, whatever lies between two of them; as one value,
// since a join would find the moment's row and then read it once more.
const lastBefore = (accountId: string, kind: SQL, subject: SQL, moment: SQL) => sql`(SELECT json_object(
	'callsIn', l.calls_in, 'callsOut', l.calls_out, 'answered', l.answered, 'seconds', l.seconds, 'campaignCalls', l.campaign_calls,
	'assistantCalls', l.assistant_calls, 'assistantSeconds', l.assistant_seconds, 'messagesIn', l.messages_in,
	'messagesOut', l.messages_out, 'spentMicros', l.spent_micros) FROM ${figures} l
	WHERE l.account_id = ${accountId} AND l.kind = ${kind} AND l.subject = ${subject} AND l.at < ${moment} ORDER BY l.at DESC LIMIT 1)`;

/**
 * The figures of an account at some moments, in one round trip. It reads one row per moment and three per subject that was active:
 * a year by day reads 367 rows for its plot, by month fourteen, and costs its sums and comparisons what a day's cost, over a million calls as
 * over ten.
 */
export async function figuresAt(db: Db, accountId: string, asked: Asked): Promise<FoundFigures> {
	const { boundaries, periods, kind, subject } = asked;
	const moments = [periods[0], ...boundaries];
	const [[own], byBoundary, bySubject] = await inOneBatch(db, [
		db.all<{ known: number }>(sql`SELECT ${isOwn(accountId, kind, subject)} AS known`),
		db.all<Told>(sql`SELECT ${lastBefore(accountId, sql`${kind}`, sql`${subject}`, sql`json_each.value`)} AS totals
			FROM json_each(${JSON.stringify(moments)}) ORDER BY json_each.key`),
		db.all<SubjectTold>(sql`SELECT s.kind, s.subject, ${lastBefore(accountId, sql`s.kind`, sql`s.subject`, sql`json_each.value`)} AS totals, iif(json_each.key = 0, ${nameOf(accountId)}, NULL) AS name
			FROM ${figureSubjects} s JOIN json_each(${JSON.stringify(periods)})
			WHERE s.account_id = ${accountId} AND s.last_at >= ${periods[0]} AND s.kind <> 'all' AND ${subject} = ''
			ORDER BY s.last_at DESC, s.kind, s.subject, json_each.key LIMIT ${MOST_SUBJECTS * periods.length}`),
	]);
	return {
		known: own?.known === 1,
		byBoundary: byBoundary.map(totalsOf),
		bySubject: bySubject.map(({ kind, subject, name, totals }) => ({
			kind,
			subject,
			name,
			totals: totalsOf({ totals }),
		})),
	};
}

function totalsOf({ totals }: Told): Totals | null {
	return totals === null ? null : (JSON.parse(totals) as Totals); // made by our own statement
}

function isOwn(accountId: string, kind: Kind, subject: string): SQL {
	if (kind === "number")
		return sql`EXISTS (SELECT 1 FROM numbers WHERE account_id = ${accountId} AND e164 = ${subject})`;
	if (kind === "assistant")
		return sql`EXISTS (SELECT 1 FROM assistants WHERE account_id = ${accountId} AND id = ${subject})`;
	if (kind === "campaign")
		return sql`EXISTS (SELECT 1 FROM campaigns WHERE account_id = ${accountId} AND id = ${subject})`;
	return sql`1`;
}

function nameOf(accountId: string): SQL {
	return sql`CASE s.kind
		WHEN 'number' THEN (SELECT label FROM numbers WHERE account_id = ${accountId} AND e164 = s.subject
			AND status IN ('pending', 'active', 'releasing'))
		WHEN 'assistant' THEN (SELECT name FROM assistants WHERE account_id = ${accountId} AND id = s.subject)
		ELSE (SELECT title FROM campaigns WHERE account_id = ${accountId} AND id = s.subject) END`;
}
