import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../../db/client";
import { fixed, type GivenEach, unseen } from "../../../db/fixed";
import { isoTime, jsonObject } from "../../../db/json";
import { conversations } from "../../../db/tables";
import { type Standing, visible } from "../store";

export interface Asked {
	reach: string | null;
	status: Standing | "all";
	unread: boolean;
	/** A user's id, or null for those that nobody looks after; undefined: whoever's. */
	assignedTo: string | null | undefined;
	label: string | undefined;
	number: string | undefined;
	before: readonly [lastAt: number, id: string] | undefined;
	limit: number;
}

interface Wanted {
	accountId: string;
	reach: string | undefined;
	status: Standing | undefined;
	unread: true | undefined;
	assignedTo: string | undefined;
	assignedToNobody: true | undefined;
	label: string | undefined;
	number: string | undefined;
	beforeAt: number | undefined;
	beforeId: string | undefined;
	most: number;
}

/** A conversation for a list: the peer's number, and all else that the API says of it as JSON. */
export interface ConversationText {
	id: string;
	peer: string;
	lastAt: number;
	fields: string;
}

const fields = jsonObject({
	id: conversations.id,
	userId: conversations.accountId,
	number: conversations.ownE164,
	peer: conversations.peer,
	peerName: conversations.peerName,
	channel: conversations.channel,
	status: conversations.status,
	snoozedUntil: isoTime(conversations.snoozedUntil),
	assignedTo: conversations.assignedTo,
	labels: sql`json((SELECT json_group_array(label) FROM (SELECT label FROM conversation_labels l
		WHERE l.account_id = conversations.account_id AND l.conversation_id = conversations.id ORDER BY label)))`,
	unread: conversations.unread,
	lastText: conversations.lastText,
	lastDirection: conversations.lastDirection,
	lastAt: isoTime(conversations.lastAt),
	createdAt: isoTime(conversations.createdAt),
});

function matching(its: GivenEach<Wanted>): SQL | undefined {
	const { accountId, status, assignedTo, label, number, beforeAt, beforeId } = its;
	return and(
		visible(accountId, its.reach ?? null),
		status && eq(conversations.status, unseen(status)),
		its.unread && sql`${conversations.unread} > 0`,
		assignedTo === undefined ? undefined : eq(conversations.assignedTo, assignedTo),
		its.assignedToNobody && sql`${conversations.assignedTo} IS NULL`,
		number === undefined ? undefined : eq(conversations.ownE164, number),
		label === undefined
			? undefined
			: sql`${conversations.id} IN (SELECT conversation_id FROM conversation_labels WHERE account_id = ${accountId} AND label = ${label})`,
		beforeAt === undefined
			? undefined
			: sql`(${conversations.lastAt}, ${conversations.id}) < (${beforeAt}, ${beforeId})`,
	);
}

const listing = fixed<Wanted>()((db, its) =>
	db.all<ConversationText>(sql`SELECT ${conversations.id} AS id, ${conversations.peer} AS peer, ${conversations.lastAt} AS "lastAt", ${fields} AS fields
		FROM ${conversations} WHERE ${matching(its)} ORDER BY ${conversations.lastAt} DESC, ${conversations.id} DESC LIMIT ${its.most}`),
);

/** Latest first; one row more than the page holds. */
export function listedConversations(db: Db, accountId: string, asked: Asked) {
	const { reach, status, unread, assignedTo, label, number, before, limit } = asked;
	return listing(db, {
		accountId,
		reach: reach ?? undefined,
		status: status === "all" ? undefined : status,
		unread: unread || undefined,
		assignedTo: assignedTo ?? undefined,
		assignedToNobody: assignedTo === null || undefined,
		label,
		number,
		beforeAt: before?.[0],
		beforeId: before?.[1],
		most: limit + 1,
	});
}
