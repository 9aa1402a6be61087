import * as z from "zod";
import type { OutboxRow } from "./store";

/** What a page hears. `event`: something changed, read it again. `resync`: too much was missed, read everything again. */
export type Heard =
	| { kind: "hello"; id: number }
	| { kind: "event"; id: number; type: string; payload: unknown; at: string }
	| { kind: "resync"; id: number }
	/** Somebody writes in a conversation. Told again every few seconds while they do. */
	| { kind: "typing"; conversationId: string; userId: string }
	/** Who has a page open now: user ids. */
	| { kind: "presence"; users: string[] }
	/** Somebody has changed one of the account's lists. Not told again: whoever comes back reads them anew. */
	| { kind: "changed"; list: ListName };

/** Lists that people change, by the first word of their paths. What happens by itself has events. */
export const LISTS = [
	"phone-numbers",
	"channels",
	"contacts",
	"contact-lists",
	"segments",
	"do-not-call",
	"greeting-files",
	"transfer-numbers",
	"sip-providers",
	"message-templates",
	"sub-accounts",
	"api-keys",
	"webhooks",
	"queues",
	"ring-groups",
	"campaigns",
	"voice-settings",
	"message-settings",
	"blocked-callers",
	"assistants",
] as const;
export type ListName = (typeof LISTS)[number];

/** What a page may say. */
export const Said = z.strictObject({ kind: z.literal("typing"), conversationId: z.string().min(1).max(64) });

/** Why a socket was closed. */
export const CLOSE = { malformed: 4400, sessionEnded: 4401, tooLong: 4413, flood: 4429 } as const;

export const LONGEST_FRAME = 65_536;
export const FRAMES_PER_MINUTE = 100;

export function shapeOf({ seq, type, payload, createdAt }: OutboxRow): Heard & { kind: "event" } {
	return { kind: "event", id: seq, type, payload, at: new Date(createdAt).toISOString() };
}
