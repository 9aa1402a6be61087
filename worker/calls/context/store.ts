import { type SQL, sql } from "drizzle-orm";
import { notSuppressed } from "../../consent/store";
import { type Db, inOneBatch, type Statement } from "../../db/client";
import { fixed, type Given } from "../../db/fixed";
import { announcementOf, isRecorded } from "../../recordings/lines/store";
import { Routing } from "../../routing/inputs";
import type { ConsultRow } from "../consult/store";

export interface SipLine {
	id: string;
	accountId: string;
	host: string;
	port: number;
	username: string;
	passwordSealed: string | null;
}

interface Row {
	id: string;
	accountId: string;
	userId: string;
	direction: "inbound" | "outbound";
	fromAddress: string;
	toAddress: string;
	own: string;
	carrierRef: string | null;
	answeredAt: number | null;
	endedAt: number | null;
	via: string;
	route: string | null;
	usageRef: string | null;
	routing: string | null;
	assistantId: string | null;
	recordCalls: number;
	announcement: string;
	transcribe: number;
	isKnown: number;
	hops: number;
	/** The caller is a line of this installation. */
	isOwnLine: number;
	/** Minutes that are paid for; null without a reservation. */
	minutesHeld: number | null;
	/** Who was called has asked for silence since. */
	isSilenced: number;
	/** How the last consult about it stands, as JSON. */
	consult: string | null;
}

/** How somebody is asked about a call, and which lines are in that. */
type Consult = Pick<ConsultRow, "id" | "callId" | "state" | "agentRef" | "customerRef" | "targetRef">;

/** What is known of a call when something is to be done with it: all of it read in one trip. */
export interface CallContext
	extends Omit<Row, "routing" | "route" | "recordCalls" | "transcribe" | "isKnown" | "isSilenced" | "consult"> {
	/** What its line's owner decided; null when nothing was, or the line was given up. */
	routing: Routing | null;
	/** What somebody decided for this call. */
	route: unknown;
	recordCalls: boolean;
	transcribe: boolean;
	/** The caller is one of the account's contacts. */
	isKnown: boolean;
	isSilenced: boolean;
	consult: Consult | null;
	people: Map<string, { identity: string; personal: string | null }>;
	transferNumbers: Map<string, string>;
	groups: Map<string, RingGroup>;
	providers: Map<string, SipLine>;
}

/** People who are rung together. */
export interface RingGroup {
	memberIds: string[];
	strategy: "all" | "one_by_one";
	ringSeconds: number;
}

type GroupRow = Omit<RingGroup, "memberIds"> & { id: string; memberIds: string };

/** Calls of one caller that come in again sooner than this may be going round in a circle. */
const RECENT_MS = 10 * 60_000;

const lineOf = sql`numbers n WHERE n.account_id = c.account_id AND n.e164 = c.own_e164
	AND n.status IN ('pending', 'active', 'releasing') AND n.status = 'active'`;
// Every text in a routing that might be an id.
const named = (which: SQL) => sql`(SELECT j.atom FROM calls c,
	json_tree(json_array(json(coalesce(c.route, '{}')), json(coalesce((SELECT n.routing FROM ${lineOf}), '{}')))) j
	WHERE ${which} AND j.type = 'text')`;
const account = (which: SQL) => sql`(SELECT c.account_id FROM calls c WHERE ${which})`;

function callRow(db: Db, which: SQL, since: Given<number>) {
	return db.all<Row>(sql`SELECT c.id, c.account_id AS "accountId", c.user_id AS "userId", c.direction,
		c.from_address AS "fromAddress", c.to_address AS "toAddress", c.own_e164 AS own, c.carrier_ref AS "carrierRef",
		c.answered_at AS "answeredAt", c.ended_at AS "endedAt", c.via, c.route, c.usage_ref AS "usageRef",
		(SELECT n.routing FROM ${lineOf}) AS routing, (SELECT n.assistant_id FROM ${lineOf}) AS "assistantId",
		${isRecorded} AS "recordCalls", ${announcementOf} AS announcement, coalesce(s.transcribe, 0) AS transcribe,
		EXISTS (SELECT 1 FROM contacts k WHERE k.account_id = c.account_id AND k.e164 = c.from_address) AS "isKnown",
		(SELECT count(*) FROM calls h WHERE h.account_id = c.account_id AND h.ended_at IS NULL AND h.direction = 'inbound'
			AND h.from_address = c.from_address AND h.started_at > ${since}) AS hops,
		EXISTS (SELECT 1 FROM numbers o WHERE o.e164 = c.from_address AND o.status IN ('pending', 'active', 'releasing')) AS "isOwnLine",
		(SELECT u.units_held FROM usages u WHERE u.ref = c.usage_ref AND u.settled_at IS NULL) AS "minutesHeld",
		NOT (${notSuppressed(sql`c.account_id`, sql`c.to_address`, "calls")}) AS "isSilenced",
		(SELECT json_object('id', k.id, 'callId', k.call_id, 'state', k.state, 'agentRef', k.agent_ref, 'customerRef', k.customer_ref,
			'targetRef', k.target_ref) FROM consults k WHERE k.account_id = c.account_id AND k.call_id = c.id ORDER BY k.id DESC LIMIT 1) AS consult
		FROM calls c LEFT JOIN voice_settings s ON s.account_id = c.account_id WHERE ${which}`);
}

/** Whatever the carrier asks about a call begins with reading this. */
const reading = fixed<{ id: string | undefined; carrierRef: string | undefined; since: number }>()((db, its) => {
	const which = its.id === undefined ? sql`c.carrier_ref = ${its.carrierRef}` : sql`c.id = ${its.id}`;
	return [
		callRow(db, which, its.since),
		db.all<{
			id: string;
			identity: string;
			personal: string | null;
		}>(sql`SELECT id, care4w_id AS identity, personal_e164 AS personal
			FROM users WHERE account_id = ${account(which)} AND status = 'active'
			AND (id IN ${named(which)} OR id IN (SELECT m.value FROM ring_groups g, json_each(g.member_ids) m
				WHERE g.account_id = ${account(which)} AND g.id IN ${named(which)}) OR id = (SELECT c.user_id FROM calls c WHERE ${which}))`),
		db.all<{ id: string; e164: string }>(sql`SELECT id, e164 FROM transfer_numbers
			WHERE account_id = ${account(which)} AND id IN ${named(which)}`),
		db.all<GroupRow>(sql`SELECT g.id, g.member_ids AS "memberIds", g.strategy, g.ring_seconds AS "ringSeconds"
			FROM ring_groups g WHERE g.account_id = ${account(which)} AND g.id IN ${named(which)}`),
		db.all<SipLine>(sql`SELECT id, account_id AS "accountId", host, port, username, password_sealed AS "passwordSealed"
			FROM sip_providers WHERE account_id = ${account(which)} AND active = 1 AND id IN ${named(which)}`),
	] as const;
});

/** The statements that read a call's context; {@link contextIn} makes it of their results. */
export function readingContext(db: Db, by: { id: string } | { carrierRef: string }, now: number) {
	return reading(db, { id: undefined, carrierRef: undefined, ...by, since: now - RECENT_MS });
}

type Read = readonly [
	Row[],
	{ id: string; identity: string; personal: string | null }[],
	{ id: string; e164: string }[],
	GroupRow[],
	SipLine[],
];

/** Null when there is no such call. */
export function contextIn([rows, people, transferNumbers, groups, providers]: Read): CallContext | null {
	const [row] = rows;
	if (!row) return null;
	const routing = row.routing === null ? null : Routing.safeParse(JSON.parse(row.routing)).data;
	return {
		...row,
		routing: routing ?? null,
		route: row.route === null ? null : JSON.parse(row.route),
		recordCalls: row.recordCalls === 1,
		transcribe: row.transcribe === 1,
		isKnown: row.isKnown === 1,
		isSilenced: row.isSilenced === 1,
		consult: row.consult === null ? null : JSON.parse(row.consult),
		people: new Map(people.map(({ id, identity, personal }) => [id, { identity, personal }])),
		transferNumbers: new Map(transferNumbers.map(({ id, e164 }) => [id, e164])),
		groups: new Map(groups.map(({ id, memberIds, ...group }) => [id, { ...group, memberIds: JSON.parse(memberIds) }])),
		providers: new Map(providers.map((provider) => [provider.id, provider])),
	};
}

/** Writes something and reads a call's context as it is afterwards, as one batch. */
export async function readWith(
	db: Db,
	writing: Statement[],
	by: { id: string } | { carrierRef: string },
	now: number,
): Promise<CallContext | null> {
	const results = await inOneBatch<Statement>(db, [...writing, ...readingContext(db, by, now)]);
	return contextIn(results.slice(writing.length) as unknown as Read);
}

export interface BrowserCaller {
	accountId: string;
	userId: string;
	role: "owner" | "member";
	country: string | null;
	/** The line that it shows: the one that it asked for, its oldest when it asked for none; null when that is not its own. */
	line: string | null;
}

/** Who sits at a browser with this call identity; null for nobody who may call. */
export async function browserCallerAnyAccount(
	db: Db,
	identity: string,
	wanted: string | null,
): Promise<BrowserCaller | null> {
	const [caller] =
		await db.all<BrowserCaller>(sql`SELECT u.account_id AS "accountId", u.id AS "userId", u.role, u.country,
		(SELECT n.e164 FROM numbers n WHERE n.account_id = u.account_id AND n.status IN ('pending', 'active', 'releasing')
			AND n.status = 'active' AND n.can_voice = 1 AND (u.role = 'owner' OR n.assigned_to = u.id)
			AND n.e164 = coalesce(${wanted}, n.e164) ORDER BY n.id LIMIT 1) AS line
		FROM users u JOIN accounts a ON a.id = u.account_id
		WHERE u.care4w_id = ${identity} AND u.status = 'active' AND a.status = 'active'`);
	return caller ?? null;
}
