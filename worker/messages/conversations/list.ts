import * as z from "zod";
import { decodeCursor, type JsonText, type Page, pageOf, pageText } from "../../http/pages";
import { reachOf } from "../../numbers/reach";
import { wordsIn } from "../../pure/search-words";
import type { Scope } from "../../scope";
import { conversationOnWire, listedText } from "../shape";
import type { ConversationsQuery, ListedConversation } from "./inputs";
import { listedConversations } from "./list/store";
import { searchConversations } from "./search/store";

/** The conversations that are asked for, latest first; or those in which words are found. One round trip. */
export async function listConversations(
	scope: Scope,
	query: ConversationsQuery,
): Promise<JsonText<Page<ListedConversation>>> {
	if (query.q) return { text: JSON.stringify(await search(scope, query.q, query)) };
	const { limit, cursor, assignedTo, label, number, status, unread } = query;
	const before = decodeCursor(cursor, z.tuple([z.number(), z.string()]));
	const whose = assignedTo === "me" ? scope.userId : assignedTo === "nobody" ? null : assignedTo;
	const rows = await listedConversations(scope.db, scope.accountId, {
		reach: reachOf(scope),
		before,
		limit,
		assignedTo: whose,
		label,
		number,
		status,
		unread,
	});
	return pageText(rows, limit, ({ lastAt, id }) => [lastAt, id], listedText);
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
