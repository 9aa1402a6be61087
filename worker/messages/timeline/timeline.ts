import * as z from "zod";
import { notFound } from "../../errors";
import { decodeCursor, type Page, pageOf } from "../../http/pages";
import { reachOf } from "../../numbers/reach";
import { money } from "../../pure/money";
import type { Scope } from "../../scope";
import { type Addresses, failureOf, mediaOnWire } from "../shape";
import type { TimelineItem } from "./inputs";
import { type Touch, type TouchKind, timelinePage } from "./store";

/** Everything that happened with a conversation's peer, latest first. One round trip. */
export async function readTimeline(
	scope: Scope,
	conversationId: string,
	{ limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<TimelineItem>> {
	const before = decodeCursor(cursor, z.tuple([z.number(), z.string()]));
	const asked = { conversationId, reach: reachOf(scope), before, limit };
	const page = await timelinePage(scope.db, scope.accountId, asked);
	if (!page) throw notFound("Conversation");
	const { ownE164: own, peer, channel } = page.conversation;
	const told = { scope, conversationId, own, peer, channel, now: scope.now() };
	return pageOf(
		page.touches,
		limit,
		({ at, id }) => [at, id],
		(touch) => ITEMS[touch.kind](touch, told),
	);
}

interface Told extends Addresses {
	scope: Scope;
	conversationId: string;
	now: number;
}

const iso = (time: number) => new Date(time).toISOString();

const MessageDetail = z.object({
	id: z.string(),
	direction: z.enum(["inbound", "outbound"]),
	body: z.string(),
	media: z.unknown(),
	status: z.string(),
	errorCode: z.string().nullable(),
	retryOf: z.string().nullable(),
	userId: z.string().nullable(),
	segments: z.number().nullable(),
	costMicros: z.number().nullable(),
});
const NoteDetail = z.object({ id: z.string(), body: z.string(), userId: z.string() });
const CallDetail = z.object({
	id: z.string(),
	direction: z.enum(["inbound", "outbound"]),
	kind: z.string(),
	status: z.string(),
	durationSeconds: z.number(),
	answeredBy: z.string().nullable(),
	campaignId: z.string().nullable(),
	campaignTitle: z.string().nullable(),
	costMicros: z.number().nullable(),
});
const VoicemailDetail = z.object({
	id: z.string(),
	callId: z.string(),
	durationSeconds: z.number(),
	transcript: z.string().nullable(),
	heard: z.boolean(),
});

const ITEMS: Record<TouchKind, (touch: Touch, told: Told) => TimelineItem> = {
	message({ at, detail }, { scope, conversationId, own, peer, channel, now }) {
		const { userId, costMicros, errorCode, media, ...rest } = MessageDetail.parse(JSON.parse(detail));
		const [from, to] = rest.direction === "outbound" ? [own, peer] : [peer, own];
		return {
			type: "message",
			at: iso(at),
			message: {
				...rest,
				...failureOf({ ...rest, errorCode }),
				conversationId,
				from,
				to,
				channel,
				media: mediaOnWire(scope.settings, media, now),
				sentBy: userId,
				cost: costMicros === null ? null : money(costMicros),
				createdAt: iso(at),
			},
		};
	},
	note({ at, detail }, { conversationId }) {
		const note = { ...NoteDetail.parse(JSON.parse(detail)), conversationId, createdAt: iso(at) };
		return { type: "note", at: iso(at), note };
	},
	call({ at, detail }) {
		const { costMicros, ...call } = CallDetail.parse(JSON.parse(detail));
		const cost = costMicros === null ? null : money(costMicros);
		return { type: "call", at: iso(at), call: { ...call, cost, startedAt: iso(at) } };
	},
	voicemail({ at, detail }) {
		const voicemail = { ...VoicemailDetail.parse(JSON.parse(detail)), createdAt: iso(at) };
		return { type: "voicemail", at: iso(at), voicemail };
	},
};
