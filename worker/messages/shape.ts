import * as z from "zod";
import type { Settings } from "../env";
import { joinedObjects } from "../pure/json-text";
import { failureWords, mayRetry } from "../pure/message-failures";
import { money } from "../pure/money";
import { formatPhone } from "../pure/phone";
import type { ConversationText } from "./conversations/list/store";
import type { ListedConversation } from "./conversations/store";
import type { Conversation, Media, Message } from "./inputs";
import { messageMediaUrl } from "./media/media-url";
import type { Channel, MediaRef, MessageRow } from "./store";

const iso = (time: number) => new Date(time).toISOString();
const Labels = z.array(z.string());

export function conversationOnWire({
	accountId,
	ownE164,
	lastAt,
	createdAt,
	snoozedUntil,
	labels,
	...row
}: ListedConversation): Conversation {
	return {
		...row,
		userId: accountId,
		number: ownE164,
		formatted: formatPhone(row.peer),
		labels: Labels.parse(JSON.parse(labels)).sort(),
		snoozedUntil: snoozedUntil === null ? null : iso(snoozedUntil),
		lastAt: iso(lastAt),
		createdAt: iso(createdAt),
	};
}

/** A conversation of a list as JSON: how a number is written only we know, all else the database has written down. */
export function listedText({ peer, fields }: ConversationText): string {
	return joinedObjects(fields, JSON.stringify({ formatted: formatPhone(peer), match: null }));
}

const MediaRefs = z
	.array(
		z.union([
			z.object({ id: z.string(), mediaType: z.string(), filename: z.string() }),
			z.object({ url: z.string() }),
			z.string().transform((url) => ({ url })), // as messages were kept at first
		]),
	)
	.catch([]);

/** What a message's row says of its pictures and files. */
export function mediaIn(media: unknown): MediaRef[] {
	return MediaRefs.parse(media);
}

/** How long a page may show a picture without asking again. */
const SHOWN_MS = 15 * 60_000;

export function mediaOnWire(settings: Settings, media: unknown, now: number): Media[] {
	return mediaIn(media).map((ref) =>
		"id" in ref
			? { ...ref, url: messageMediaUrl(settings, ref.id, now + SHOWN_MS) }
			: { id: null, url: ref.url, mediaType: "", filename: "" },
	);
}

export interface Addresses {
	own: string;
	peer: string;
	channel: Channel;
}

const FAILED = new Set(["failed", "undelivered"]);

/** Why a message did not arrive, and whether trying again may help. */
export function failureOf({
	direction,
	status,
	errorCode,
}: Pick<MessageRow, "direction" | "status" | "errorCode">): Pick<Message, "error" | "canRetry"> {
	if (!FAILED.has(status)) return { error: null, canRetry: false };
	const error = { code: errorCode ?? "", reason: failureWords(errorCode) };
	return { error, canRetry: direction === "outbound" && mayRetry(errorCode) };
}

export function messageOnWire(
	settings: Settings,
	row: MessageRow,
	{ own, peer, channel }: Addresses,
	now: number,
): Message {
	const { id, conversationId, direction, body, status, retryOf, segments, costMicros } = row;
	const [from, to] = direction === "outbound" ? [own, peer] : [peer, own];
	return {
		id,
		conversationId,
		direction,
		from,
		to,
		channel,
		body,
		media: mediaOnWire(settings, row.media, now),
		status,
		...failureOf(row),
		retryOf,
		sentBy: row.userId,
		segments,
		cost: costMicros === null ? null : money(costMicros),
		createdAt: iso(row.createdAt),
	};
}
