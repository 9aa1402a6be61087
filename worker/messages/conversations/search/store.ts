import { and, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, inOneBatch } from "../../../db/client";
import { conversations } from "../../../db/tables";
import { type ListedConversation, listed, visibleAmongFound } from "../store";

/** At most so many conversations are shown for their name or number. */
const MOST_NAMED = 10;
/** Of what a member may not see all of, so many messages with the words are looked at. */
const MOST_LOOKED_AT = 2_000;
/** Letters and digits in a row that a name or number is found by. */
const SHORTEST_NAMED = 3;

export type FoundConversation = ListedConversation & {
	matchSeq: number;
	matchId: string;
	matchText: string;
	matchAt: number;
};

/**
 * Looks for words in messages, latest first and one more than the page holds, and on the first page for conversations whose name or
 * number has them. The account is one of the words, so the index leaves out what others wrote.
 */
export async function searchConversations(
	db: Db,
	accountId: string,
	wanted: { reach: string | null; words: string[]; before: number | undefined; limit: number },
): Promise<{ named: ListedConversation[]; found: FoundConversation[] }> {
	const { reach, words, before, limit } = wanted;
	const isFirst = before === undefined;
	const [named, found] = await inOneBatch(db, [
		db
			.select(listed)
			.from(conversations)
			.where(
				and(visibleAmongFound(accountId, reach), inArray(conversations.seq, namedBy(accountId, isFirst ? words : []))),
			)
			.limit(MOST_NAMED),
		db
			.select({
				...listed,
				matchSeq: hit("seq"),
				matchId: hit("id"),
				matchText: hit("body"),
				matchAt: hit("created_at"),
			})
			.from(sql`(SELECT m.seq, m.id, m.body, m.created_at, m.conversation_id FROM messages m
				WHERE m.seq IN (${saying(accountId, words, before, reach === null ? limit + 1 : MOST_LOOKED_AT)})
					AND +m.account_id = ${accountId}) hit`)
			.innerJoin(conversations, sql`${conversations.id} = hit.conversation_id`)
			.where(visibleAmongFound(accountId, reach))
			.orderBy(sql`hit.seq DESC`)
			.limit(limit + 1),
	] as const);
	return { named, found: found as FoundConversation[] };
}

const hit = (column: string) => sql`hit.${sql.identifier(column)}`.as(`match_${column}`);

function saying(accountId: string, words: string[], before: number | undefined, most: number): SQL {
	const query = `account_id : ${quoted(accountId)} AND body : (${words.map((word) => `${quoted(word)} *`).join(" AND ")})`;
	const older = before === undefined ? sql`` : sql`AND rowid < ${before}`;
	return sql`SELECT rowid FROM message_words WHERE message_words MATCH ${query} ${older} ORDER BY rowid DESC LIMIT ${most}`;
}

function namedBy(accountId: string, words: string[]): SQL {
	const long = words.filter((word) => [...word].length >= SHORTEST_NAMED);
	const all = words.every((word) => /^\d+$/.test(word)) ? [words.join("")] : long;
	const usable = all.filter((word) => word.length >= SHORTEST_NAMED);
	if (usable.length === 0) return sql`(SELECT 0 WHERE 0)`;
	const query = `account_id : ${quoted(accountId)} AND {peer peer_name} : (${usable.map(quoted).join(" AND ")})`;
	return sql`(SELECT rowid FROM conversation_words WHERE conversation_words MATCH ${query} LIMIT 1000)`;
}

const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`;
