import { ulid } from "ulid";
import { latestEvents, suppressionsOf } from "../../consent/store";
import { inOneBatch, type Statement } from "../../db/client";
import { Fault, notFound } from "../../errors";
import { type OutboxRow, publish } from "../../live/store";
import { tell } from "../../live/tell";
import { reachOf } from "../../numbers/reach";
import { parsePhone } from "../../pure/phone";
import { zonesOf } from "../../pure/zones";
import type { Scope } from "../../scope";
import { conversationOnWire } from "../shape";
import { audienceOf } from "../store";
import type { ConversationChange, ConversationDetail, Note } from "./inputs";
import {
	accountIfVisible,
	type Change,
	changingConversation,
	contactOf,
	findingConversation,
	labeling,
	noteSeen,
	noting,
	peerOf,
	reading,
	seenBy,
} from "./store";

const iso = (time: number) => new Date(time).toISOString();

/** One conversation with who is in it. One round trip. */
export async function readConversation(scope: Scope, id: string): Promise<ConversationDetail> {
	const { db, accountId } = scope;
	const peer = peerOf(accountId, id);
	const [[row], [contact], silences, history, seen] = await inOneBatch(db, [
		findingConversation(db, accountId, reachOf(scope), id),
		contactOf(db, accountId, id),
		suppressionsOf(db, accountId, peer),
		latestEvents(db, accountId, peer),
		seenBy(db, accountId, id),
	] as const);
	if (!row) throw notFound("Conversation");
	const isOpen = (channel: string) => !silences.some((silence) => ["all", channel].includes(silence.scope));
	return {
		...conversationOnWire(row),
		contact: contact ?? null,
		...whereabouts(row.peer, contact?.timeZone ?? null),
		consent: {
			messages: isOpen("messages"),
			calls: isOpen("calls"),
			history: history.map(({ action, scope: of, source, evidence, createdAt }) => ({
				action,
				scope: of,
				source,
				evidence,
				createdAt: iso(createdAt),
			})),
		},
		seenBy: seen.map(({ seenAt, ...who }) => ({ ...who, seenAt: iso(seenAt) })),
	};
}

/** Where a person may be now, by what the account knows of them, or else by the number. */
function whereabouts(peer: string, known: string | null): Pick<ConversationDetail, "country" | "timeZones"> {
	const phone = parsePhone(peer);
	const zones = known ?? zonesOf(peer, phone?.type);
	return { country: phone?.country ?? "", timeZones: zones ? zones.split("|") : [] };
}

/** Changes what is named: where it stands, whose it is, its labels, whether it counts as read; and writes a note, if one is given. */
export async function changeConversation(
	scope: Scope,
	id: string,
	input: ConversationChange,
): Promise<ConversationDetail> {
	const { db, accountId, userId } = scope;
	const reach = reachOf(scope);
	const now = scope.now();
	const { labels, note } = input;
	const [before, changed] = await telling(scope, id, [
		findingConversation(db, accountId, reach, id),
		changingConversation(db, accountId, reach, id, changeIn(input)),
		...(labels ? labeling(db, accountId, reach, id, [...new Set(labels)]) : []),
		...(note
			? [noting(db, { id: `nte_${ulid(now)}`, accountId, reach, conversationId: id, userId, body: note, now })]
			: []),
	]);
	if ((before as unknown[]).length === 0) throw notFound("Conversation");
	if ((changed as unknown[]).length === 0) throw notFound("User");
	return readConversation(scope, id);
}

function changeIn({ status, archived, snoozedUntil, assignedTo, unread }: ConversationChange): Change {
	const stands = status ?? (archived === undefined ? undefined : archived ? "archived" : "open");
	if (typeof snoozedUntil === "string" && stands !== undefined && stands !== "snoozed")
		throw new Fault("invalid_input", "snoozedUntil: only what is snoozed wakes up");
	return {
		...(typeof snoozedUntil === "string"
			? { status: "snoozed" as const, snoozedUntil: Date.parse(snoozedUntil) }
			: stands === undefined
				? {}
				: { status: stands, snoozedUntil: null }),
		...(assignedTo === undefined ? {} : { assignedTo }),
		...(unread === undefined ? {} : { unread: Number(unread) }),
	};
}

/** Nothing in it is unread any more, and whoever reads it has seen it. */
export async function markRead(scope: Scope, id: string): Promise<void> {
	const { db, accountId, userId, now } = scope;
	const reach = reachOf(scope);
	const [found] = await telling(scope, id, [
		reading(db, accountId, reach, id),
		noteSeen(db, { accountId, reach, id, userId, now: now() }),
	]);
	if ((found as unknown[]).length === 0) throw notFound("Conversation");
}

/** Writes an internal note. Its peer never sees it. */
export async function addNote(scope: Scope, conversationId: string, body: string): Promise<Note> {
	const { db, accountId, userId } = scope;
	const now = scope.now();
	const note = { id: `nte_${ulid(now)}`, conversationId, userId, body };
	const [rows] = await telling(scope, conversationId, [noting(db, { ...note, accountId, reach: reachOf(scope), now })]);
	if ((rows as unknown[]).length === 0) throw notFound("Conversation");
	return { ...note, createdAt: iso(now) };
}

/** Sends a change of a conversation with its event, and tells the pages of those who may see it. */
async function telling(scope: Scope, id: string, statements: Statement[]): Promise<unknown[]> {
	const { db, accountId } = scope;
	const account = accountIfVisible(accountId, reachOf(scope), id);
	const results = await inOneBatch<Statement>(db, [
		...statements,
		publish(db, account, "conversation", { conversationId: id }, scope.now(), audienceOf(id)),
	]);
	tell(scope, results.at(-1) as OutboxRow[]);
	return results;
}
