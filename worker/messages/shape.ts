import { formatPhone } from "../pure/phone";
import type { Conversation, Message } from "./inputs";
import type { ConversationRow, MessageRow } from "./store";

const iso = (time: number) => new Date(time).toISOString();

export function conversationOnWire({ accountId, ownE164, lastAt, createdAt, ...row }: ConversationRow): Conversation {
	return {
		...row,
		userId: accountId,
		number: ownE164,
		formatted: formatPhone(row.peer),
		lastAt: iso(lastAt),
		createdAt: iso(createdAt),
	};
}

export function messageOnWire({ id, conversationId, direction, body, status, createdAt }: MessageRow): Message {
	return { id, conversationId, direction, body, status, createdAt: iso(createdAt) };
}
