import { and, desc, eq, gte, lt, or, type SQLWrapper, sql } from "drizzle-orm";
import { nameOfPeer } from "../../contacts/naming/store";
import type { Db } from "../../db/client";
import { fixed, type Given, type GivenEach } from "../../db/fixed";
import { isoTime, jsonBoolean, jsonObject } from "../../db/json";
import { calls } from "../../db/tables";
import type { CallFilter } from "../inputs";
import { type LoggedCall, logged, OWN, recordingOf } from "../log/store";

const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
const within = (column: SQLWrapper, pattern: Given<string>) => sql`${column} LIKE ${pattern} ESCAPE '\\'`;

export interface CallsAsked {
	reach: string | null;
	filter: Omit<CallFilter, "userId">;
	before: string | undefined;
	limit: number;
}

interface Wanted extends Omit<CallFilter, "userId"> {
	accountId: string;
	/** Whose calls alone. */
	person: string | undefined;
	before: string | undefined;
	most: number;
}

const wantedOf = (accountId: string, { reach, filter, before, limit }: CallsAsked): Wanted => ({
	...filter,
	q: filter.q === undefined ? undefined : like(filter.q),
	accountId,
	person: reach ?? undefined,
	before,
	most: limit + 1,
});

function matching({
	direction,
	kind,
	status,
	number,
	from,
	to,
	campaignId,
	assistantId,
	q,
	...its
}: GivenEach<Wanted>) {
	return and(
		eq(calls.accountId, its.accountId),
		direction && eq(calls.direction, direction),
		kind && eq(calls.kind, kind),
		status && eq(calls.status, status),
		number === undefined ? undefined : or(eq(calls.fromAddress, number), eq(calls.toAddress, number)),
		from === undefined ? undefined : gte(calls.startedAt, from),
		to === undefined ? undefined : lt(calls.startedAt, to),
		campaignId === undefined ? undefined : eq(calls.campaignId, campaignId),
		assistantId === undefined ? undefined : eq(calls.assistantId, assistantId),
		q === undefined ? undefined : or(within(nameOfPeer, q), within(calls.fromAddress, q), within(calls.toAddress, q)),
		its.before === undefined ? undefined : lt(calls.id, its.before),
	);
}

/** Which calls a page has. Of a person each reason has an index of its own, and none serves several: it is the latest of what each finds. */
function onPage(its: GivenEach<Wanted>) {
	const { person } = its;
	if (person === undefined) return matching(its);
	const latestFor = (reason: (typeof OWN)[number]) =>
		sql`SELECT id FROM (SELECT id FROM ${calls} WHERE ${and(matching(its), eq(reason, person))} ORDER BY id DESC LIMIT ${its.most})`;
	return sql`${calls.accountId} = ${its.accountId} AND ${calls.id} IN (${sql.join(OWN.map(latestFor), sql` UNION `)})`;
}

/** The calls that somebody may see, the latest first, after the one with id `before`; one more than the page holds. */
export function callsPage(db: Db, accountId: string, asked: CallsAsked): Promise<LoggedCall[]> {
	const wanted = wantedOf(accountId, asked);
	return db.select(logged).from(calls).where(onPage(wanted)).orderBy(desc(calls.id)).limit(wanted.most);
}

/** A call for a list: its two ends, and all else that the API says of it as JSON, in two objects because one would be too large. */
export interface ListedCall {
	id: string;
	from: string;
	to: string;
	who: string;
	course: string;
}

const who = jsonObject({
	id: calls.id,
	userId: calls.accountId,
	memberId: calls.userId,
	kind: calls.kind,
	direction: calls.direction,
	ownNumber: sql`nullif(${calls.ownE164}, '')`,
	peerIdentity: sql`nullif(${calls.peerIdentity}, '')`,
	peerName: sql`nullif(${nameOfPeer}, '')`,
	answeredBy: calls.answeredBy,
	answeredUserId: calls.answeredUserId,
	campaign: calls.campaignId,
	assistant: calls.assistantId,
});

const course = jsonObject({
	status: calls.status,
	missed: jsonBoolean(sql`${calls.status} = 'missed'`),
	live: jsonBoolean(sql`${calls.endedAt} IS NULL`),
	duration: calls.durationSeconds,
	transcript: calls.transcript,
	recording: sql`json(${recordingOf(jsonObject({ id: sql`r.id`, kind: sql`r.kind`, duration: sql`r.duration_seconds` }))})`,
	cost: sql`json(iif(${calls.costMicros} IS NULL, NULL, ${jsonObject({ amountMicros: calls.costMicros, currency: sql`'USD'` })}))`,
	errorCode: calls.errorCode,
	startedAt: isoTime(calls.startedAt),
	answeredAt: isoTime(calls.answeredAt),
	endedAt: isoTime(calls.endedAt),
});

const listing = fixed<Wanted>()((db, its) =>
	db.all<ListedCall>(sql`SELECT ${calls.id} AS id, ${calls.fromAddress} AS "from", ${calls.toAddress} AS "to", ${who} AS who, ${course} AS course
		FROM ${calls} WHERE ${onPage(its)} ORDER BY ${calls.id} DESC LIMIT ${its.most}`),
);

/** The same as {@link callsPage}, for whoever passes them on as they are. */
export function listedCalls(db: Db, accountId: string, asked: CallsAsked) {
	return listing(db, wantedOf(accountId, asked));
}
