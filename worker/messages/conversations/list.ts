import * as z from "zod";
import { decodeCursor, type Page, pageOf } from "../../http/pages";
import { reachOf } from "../../numbers/reach";
import { wordsIn } from "../../pure/search-words";
import type { Scope } from "../../scope";
import { conversationOnWire } from "../shape";
import type { ConversationsQuery, ListedConversation } from "./inputs";
import { searchConversations } from "./search/store";
import { conversationsPage } from "./store";

/** The conversations that are asked for, latest first; or those in which words are found. One round trip. */
export async function listConversations(scope: Scope, query: ConversationsQuery): Promise<Page<ListedConversation>> {
	if (query.q) return search(scope, query.q, query);
	const { limit, cursor, assignedTo, label, number, status, unread } = query;
	const before = decodeCursor(cursor, z.tuple([z.number(), z.string()]));
	const whose = assignedTo === "me" ? scope.userId : assignedTo === "nobody" ? null : assignedTo;
	const rows = await conversationsPage(scope.db, scope.accountId, {
		reach: reachOf(scope),
		before,
		limit,
		assignedTo: whose,
		label,
		number,
		status,
		unread,
	});
	return pageOf(
		rows,
		limit,
		({ lastAt, id }) => [lastAt, id],
		(row) => ({ ...conversationOnWire(row), match: null }),
	);
}

/** First the conversations whose name or number is meant, then the messages with the words, latest first. */
async function search(
	scope: Scope,
	q: string,
	{ limit, cursor }: Pick<ConversationsQuery, "limit" | "cursor">,
): Promise<Page<ListedConversation>> {
	const before = decodeCursor(cursor, z.tuple([z.number()]))?.[0];
	const words = wordsIn(q);
	if (words.length === 0) return { items: [], nextCursor: null };
	const { named, found } = await searchConversations(scope.db, scope.accountId, {
		reach: reachOf(scope),
		words,
		before,
		limit,
	});
	const byWords = pageOf(
		found,
		limit,
		({ matchSeq }) => [matchSeq],
		({ matchSeq, matchId, matchText, matchAt, ...row }) => ({
			...conversationOnWire(row),
			match: { messageId: matchId, text: matchText, createdAt: new Date(matchAt).toISOString() },
		}),
	);
	const byName = named.map((row) => ({ ...conversationOnWire(row), match: null }));
	return { ...byWords, items: [...byName, ...byWords.items] };
}
